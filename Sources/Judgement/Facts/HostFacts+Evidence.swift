// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension HostFacts {
    /// Reads what a board says of its SMMU and of its drivers, in keys of its fact text.
    ///
    /// A board that says nothing of a key is one of the plain kind.
    ///
    /// - Throws: `ModelError.factMissing` for a value that cannot be read, with the key.
    init(_ evidence: BoardEvidence) throws(ModelError) {
        self.init()
        stage = TranslationStage(announcedIn: evidence.logFacts.map(\.fact))
        for fact in evidence.facts { try take(fact.key, fact.value) }
        // An x86 machine has no driver that adds the window of software MSIs.
        if evidence.fact("machine")?.value == "x86_64" { addsSoftwareWindow = false }
    }

    private mutating func take(_ key: String, _ value: String) throws(ModelError) {
        switch key {
        case "iommu.interface": interface = try Self.read(key, UserInterface(rawValue: value))
        case "smmu.pages": pageSizes = try Self.read(key, Hexadecimal.value(value))
        case "smmu.stage": stage = try Self.read(key, Int(value).flatMap(TranslationStage.init))
        case "default.domain":
            defaultDomain = try Self.read(key, DefaultDomainKind(rawValue: value))
        case "dma.requester": isRequesterTold = value != "untold"
        case "interrupt.remapping": remapsInterrupts = value == "yes"
        case "hardware.msi.window":
            hardwareWindows.append(try Self.read(key, Self.range(value)))
        default: try takeOfDevice(key, value)
        }
    }

    /// `dma.mask.bits.0000:00:02.0`, `direct.…`, `relaxable.…`.
    private mutating func takeOfDevice(_ key: String, _ value: String) throws(ModelError) {
        if let device = Self.device(key, after: "dma.mask.bits.") {
            let bits = try Self.read(
                key, UInt64(value).flatMap { (1...64).contains($0) ? $0 : nil })
            masks[device] = IOVA(rawValue: .max >> (64 - bits))
        } else if let device = Self.device(key, after: "direct.") {
            let region = DirectRegion(
                range: try Self.read(key, Self.range(value)), isRelaxable: false)
            directRegions[device, default: []].append(region)
        } else if let device = Self.device(key, after: "relaxable.") {
            let region = DirectRegion(
                range: try Self.read(key, Self.range(value)), isRelaxable: true)
            directRegions[device, default: []].append(region)
        }
    }

    private static func read<Value>(_ key: String, _ value: Value?) throws(ModelError) -> Value {
        guard let value else { throw .factMissing("the fact \(key)") }
        return value
    }

    private static func device(_ key: String, after prefix: String) -> PCIAddress? {
        key.hasPrefix(prefix) ? PCIAddress(String(key.dropFirst(prefix.count))) : nil
    }

    /// `0xfee00000-0xfeefffff`, both ends inside.
    private static func range(_ text: String) -> IOVARange? {
        let ends = text.split(separator: "-", maxSplits: 1).compactMap { Hexadecimal.value($0) }
        guard ends.count == 2 else { return nil }
        return IOVARange(first: IOVA(rawValue: ends[0]), last: IOVA(rawValue: ends[1]))
    }
}
