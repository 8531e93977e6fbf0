// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Reads the ACPI table of what stands between devices and memory, the IORT, from a hex dump.
package enum IORTText {
    /// Where the kernel shows the table; a board without ACPI has none.
    package static let path = "/sys/firmware/acpi/tables/IORT"

    /// Reads the table; nothing where the board has none.
    ///
    /// - Throws: `Damage` where the dump breaks off, or a node or a mapping leaves the table.
    package static func parse(_ text: RawText) throws(Damage) -> IORT? {
        guard let table = try FirmwareTable(text, signature: "IORT") else { return nil }
        let count = try table.index(at: 36)
        var offset = try table.index(at: 40)
        var nodes: [IORT.Node] = []
        for _ in 0..<count {
            let length = Int(try table.number(at: offset + 1, 2))
            guard length >= 16, offset <= table.count - length else {
                throw table.broken(max(length, 16), at: offset)
            }
            nodes.append(try IORTNodeReader(table: table, start: offset).node())
            offset += length
        }
        return IORT(nodes: nodes)
    }
}

/// Reads one node (Arm DEN0049, 3.1; the same in all revisions up to E.b, but for what is said).
struct IORTNodeReader {
    let table: FirmwareTable
    let start: Int

    func node() throws(Damage) -> IORT.Node {
        IORT.Node(
            kind: try kind(), offset: start, mappings: try mappings(), line: table.line(at: start))
    }

    private func word(_ offset: Int) throws(Damage) -> UInt32 { try table.word(at: start + offset) }

    private func base() throws(Damage) -> PhysicalAddress {
        PhysicalAddress(rawValue: try table.number(at: start + 16, 8))
    }

    private func kind() throws(Damage) -> IORT.Kind {
        switch UInt8(truncatingIfNeeded: try table.number(at: start, 1)) {
        case 0: return .services(try services())
        case 2: return .rootComplex(segment: try word(28))
        case 3: return .smmu(base: try base())
        case 4: return .smmuV3(base: try base(), ownMapping: try ownMapping())
        case let other: return .other(other)
        }
    }

    private func services() throws(Damage) -> [UInt32] {
        let count = Int(try word(16))
        guard count <= (table.count - start) / 4 else { throw table.broken(count, at: start + 16) }
        var services: [UInt32] = []
        for index in 0..<count { services.append(try word(20 + 4 * index)) }
        return services
    }

    /// The mapping of an SMMUv3's own messages, which no device's ID may pass
    /// (`iort_get_id_mapping_index`, `drivers/acpi/arm64/iort.c`, 6.12).
    private func ownMapping() throws(Damage) -> UInt32? {
        let revision = try table.number(at: start + 3, 1)
        guard revision >= 1 else { return nil }
        let index = try word(64)
        guard index < (try word(8)) else { return nil }
        if revision >= 5 { return try word(24) & 1 << 4 != 0 ? index : nil }
        for interrupt in [44, 48, 52, 56] where try word(interrupt) == 0 { return index }
        return nil
    }

    private func mappings() throws(Damage) -> [IORT.Mapping] {
        let count = Int(try word(8))
        let first = Int(try word(12))
        // A node with mappings nowhere has none, for the kernel too.
        guard first != 0 else { return [] }
        guard count <= table.count / 20 else { throw table.broken(20, at: start + first) }
        var mappings: [IORT.Mapping] = []
        for index in 0..<count {
            let place = first + 20 * index
            mappings.append(
                IORT.Mapping(
                    first: try word(place), more: try word(place + 4),
                    output: try word(place + 8), target: Int(try word(place + 12)),
                    isSingle: try word(place + 16) & 1 != 0))
        }
        return mappings
    }
}
