// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Reads the ACPI table of interrupt controllers, the MADT, from a hex dump of it.
///
/// Which controller serves which device is in another table (IORT), which is not read yet.
package enum MADTText {
    /// Where the kernel shows it; a board without ACPI has no such file.
    package static let path = "/sys/firmware/acpi/tables/APIC"

    /// Finds the MSI controllers (ACPI 6.5, 5.2.12.16 and 5.2.12.18).
    package static func parse(_ text: RawText) -> Parsed<DoorbellNode> {
        guard let first = text.lines.first else { return Parsed() }
        do throws(Damage) {
            return entries(of: try OctalDump(text).bytes, line: first)
        } catch {
            return Parsed(damage: [error])
        }
    }

    private static func entries(of table: [UInt8], line: RawLine) -> Parsed<DoorbellNode> {
        guard table.starts(with: "APIC".utf8), table.count >= 44 else {
            return Parsed(damage: [Damage(.unparsable, line, expected: "an APIC table")])
        }
        var parsed = Parsed<DoorbellNode>()
        var offset = 44
        while offset + 2 <= table.count {
            let length = Int(table[offset + 1])
            guard length >= 2, offset + length <= table.count else {
                parsed.damage.append(
                    Damage(.incomplete, line, expected: "an entry at byte \(offset)"))
                return parsed
            }
            let entry = Array(table[offset..<offset + length])
            if let node = node(entry, line: line) { parsed.values.append(node) }
            offset += length
        }
        return parsed
    }

    private static func node(_ entry: [UInt8], line: RawLine) -> DoorbellNode? {
        switch (entry[0], entry.count) {
        case (13, 24...):
            let override = entry[16] & 1 != 0
            let count = UInt32(little(entry[20..<22]))
            let first = UInt32(little(entry[22..<24]))
            let spis =
                override && count > 0
                ? InterruptID(rawValue: first)...InterruptID(rawValue: first + count - 1) : nil
            return controller(.frame(spis: spis), entry, line)
        case (15, 20...): return controller(.its, entry, line)
        default: return nil
        }
    }

    private static func controller(
        _ kind: DoorbellNode.Kind, _ entry: [UInt8], _ line: RawLine
    ) -> DoorbellNode {
        DoorbellNode(
            kind: kind, base: PhysicalAddress(rawValue: little(entry[8..<16])),
            handle: UInt32(little(entry[4..<8])), name: "MADT", lines: [line])
    }

    private static func little(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
