// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Vocabulary

/// The MSI controllers and SMMUs of a board description, by name, while its devices are read.
struct BoardParts {
    private var doorbells: [(name: String, doorbell: Doorbell)] = []
    private var smmus: [(name: String, identity: SMMUIdentity)] = []

    mutating func takeControllers(_ value: Value) -> Bool? {
        guard let values = value.list() else { return nil }
        if values.isEmpty { value.complain("the board has no MSI controller; name at least one") }
        for value in values { takeController(value) }
        return true
    }

    private mutating func takeController(_ value: Value) {
        guard let reader = MappingReader<ControllerKey>(value) else { return }
        let kind = reader.required(.kind) { $0.choice(ControllerWord.self) }
        let base = reader.required(.base) { $0.address(PhysicalAddress.self) }
        guard let kind, let base else { return }
        let name = reader.optional(.name) { $0.name(BoardName.self) }?.text
        if !kind.hasInterrupts {
            reader.refuse([.interrupts], because: "an ITS numbers events, and no interrupts")
        }
        if kind != .preITS { reader.refuse([.size], because: "only a pre-ITS has a window") }
        guard let found = doorbell(kind, base, reader) else { return }
        doorbells.append((name ?? "\(kind.rawValue)\(doorbells.count)", found))
    }

    private func doorbell(
        _ kind: ControllerWord, _ base: PhysicalAddress, _ reader: MappingReader<ControllerKey>
    ) -> Doorbell? {
        if kind == .its { return Doorbell(kind: .its, base: base) }
        if kind == .preITS {
            guard let size = reader.required(.size, { $0.byteCount() }),
                let window = PhysicalRange(first: base, size: size)
            else { return nil }
            return Doorbell(kind: .preITS(window: window), base: base)
        }
        guard let range = reader.required(.interrupts, { $0.interrupts() }) else { return nil }
        switch kind {
        case .graviton: return Doorbell(kind: .graviton(spis: range), base: base)
        case .mbi: return Doorbell(kind: .mbi(ranges: [range]), base: base)
        default: return Doorbell(kind: .gicV2m(spis: range), base: base)
        }
    }

    mutating func takeSMMUs(_ value: Value) {
        for value in value.list() ?? [] {
            guard let reader = MappingReader<SMMUKey>(value) else { continue }
            let architecture = reader.required(.architecture) { $0.choice(SMMUWord.self) }
            let base = reader.required(.base) { $0.address(PhysicalAddress.self) }
            guard let architecture, let base else { continue }
            let name = reader.optional(.name) { $0.name(BoardName.self) }?.text
            let identity = SMMUIdentity(architecture: architecture.architecture, base: base)
            smmus.append((name ?? "smmu\(smmus.count)", identity))
        }
    }

    /// The one with a name; the only one where none is given.
    func smmu(_ value: Value?) -> SMMUIdentity? {
        guard let value else { return smmus.count == 1 ? smmus[0].identity : nil }
        return named(value, among: smmus.map { ($0.name, $0.identity) }, noun: "SMMU")
    }

    /// The one with a name, of which there are several; nothing where none is named.
    func doorbell(_ value: Value?) -> Doorbell? {
        value.flatMap {
            named($0, among: doorbells.map { ($0.name, $0.doorbell) }, noun: "controller")
        }
    }

    private func named<Part>(_ value: Value, among parts: [(String, Part)], noun: String) -> Part? {
        guard let name = value.name(BoardName.self) else { return nil }
        guard let part = parts.first(where: { $0.0 == name.text }) else {
            let advice = Spelling.advice(for: name.text, among: parts.map(\.0))
            return value.complain("the board has no \(noun) '\(name)'; \(advice)", as: Part.self)
        }
        return part.1
    }

    func enter(_ devices: [DeviceEntry], into facts: inout BoardFacts) {
        facts.topology.controllers = MSIController.grouping(doorbells.map(\.doorbell))
        for entry in devices { entry.enter(into: &facts) }
    }
}

extension Value {
    /// Reads a run of interrupt IDs: `64-319`.
    func interrupts() -> ClosedRange<InterruptID>? {
        guard let text = text("a run of interrupts like 64-319") else { return nil }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map {
            UInt32($0)
        }
        // SPIs are 32…1019 (GICv2 architecture, 2.2.1).
        guard ends.count == 2, let first = ends[0], let last = ends[1], first <= last,
            first >= 32, last <= 1019
        else {
            return complain(
                "'\(shortened(text))' is no run of SPIs; write the first and the last, which lie "
                    + "from 32 to 1019: 64-319", as: ClosedRange<InterruptID>.self)
        }
        return InterruptID(rawValue: first)...InterruptID(rawValue: last)
    }
}
