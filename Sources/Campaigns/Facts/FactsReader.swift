// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Vocabulary

extension BoardDescription {
    /// Reads a board description; `Labs/README.md` describes the language.
    ///
    /// - Throws: `LanguageError` with everything that is wrong in it.
    package init(_ source: SourceText) throws(LanguageError) {
        self = try Document(source).understood(FactsReader.description)
    }
}

/// Reads board descriptions.
enum FactsReader {
    static func description(_ value: Value) -> BoardDescription? {
        guard let reader = MappingReader<FactsKey>(value) else { return nil }
        let name = reader.required(.name) { $0.name(BoardName.self) }
        let summary = reader.required(.summary) { $0.text("one line of text") }
        let source = reader.required(.source) { $0.text("where the facts come from, as text,") }
        let facts = facts(reader)
        var parts = BoardParts()
        let controllers = reader.required(.controllers) { parts.takeControllers($0) }
        if let smmus = reader[.smmus] { parts.takeSMMUs(smmus) }
        let devices = reader.required(.devices) { parts.devices($0) }
        guard let name, let summary, let source, var facts, controllers != nil, let devices
        else { return nil }
        parts.enter(devices, into: &facts)
        return BoardDescription(
            name: name, summary: summary, source: source, facts: facts,
            devices: devices.map(\.device))
    }

    private static func facts(_ reader: MappingReader<FactsKey>) -> BoardFacts? {
        let kernel = reader.required(.kernel, version)
        let page = reader.optional(.pageSize, default: Granule.fourKiB, granule)
        let bits: UInt64? = reader.required(.apertureBits) { $0.count(32...63) }
        let host = host(reader)
        guard let kernel, let bits,
            let aperture = IOVARange(
                first: IOVA(rawValue: 0), last: IOVA(rawValue: 1 << bits - 1))
        else { return nil }
        return BoardFacts(
            kernel: kernel, pageSize: page, aperture: aperture,
            topology: MSITopology(controllers: []), host: host)
    }

    private static func host(_ reader: MappingReader<FactsKey>) -> HostFacts {
        let interface = reader.optional(.interface) { $0.choice(InterfaceWord.self) }
        let domain = reader.optional(.defaultDomain) { $0.choice(DefaultDomainWord.self) }
        let isStageTwo = reader.optional(.stageTwoOnly) { $0.boolean() }
        let sizes = reader.optional(.smmuPages) { $0.list(of: granule) }
        return HostFacts(
            interface: interface?.interface ?? .typeOne,
            pageSizes: sizes.map { $0.reduce(0) { $0 | $1.bytes.rawValue } },
            stage: isStageTwo.map { $0 ? .two : .one },
            hardwareWindows: reader.optional(.hardwareWindows, default: []) {
                $0.list(of: window)
            }, defaultDomain: domain?.kind)
    }

    private static func version(_ value: Value) -> KernelVersion? {
        guard let text = value.text("a version like 6.1") else { return nil }
        guard let version = KernelVersion(release: text) else {
            return value.complain(
                "'\(shortened(text))' is no version; write \"6.1\"", as: KernelVersion.self)
        }
        return version
    }

    private static func granule(_ value: Value) -> Granule? {
        guard let size = value.byteCount() else { return nil }
        guard let granule = Granule(size) else {
            return value.complain(
                "a page has a power of two of bytes, not \(size)", as: Granule.self)
        }
        return granule
    }

    private static func window(_ value: Value) -> IOVARange? {
        guard let reader = MappingReader<WindowKey>(value) else { return nil }
        let base = reader.required(.base) { $0.address(IOVA.self) }
        let size = reader.required(.size) { $0.byteCount() }
        guard let base, let size else { return nil }
        return IOVARange(first: base, size: size)
            ?? value.complain("the window leaves 64 bits, or is empty", as: IOVARange.self)
    }
}
