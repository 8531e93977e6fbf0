// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Reads the ACPI table of interrupt controllers, the MADT, from a hex dump of it.
///
/// Which service serves which device is in another table, the IORT.
package enum MADTText {
    /// Where the kernel shows it; a board without ACPI has no such file.
    package static let path = "/sys/firmware/acpi/tables/APIC"

    /// Finds the MSI controllers (ACPI 6.5, 5.2.12.16 and 5.2.12.18).
    package static func parse(_ text: RawText) -> Parsed<DoorbellNode> {
        do throws(Damage) {
            guard let table = try FirmwareTable(text, signature: "APIC") else { return Parsed() }
            return entries(of: table)
        } catch {
            return Parsed(damage: [error])
        }
    }

    private static func entries(of table: FirmwareTable) -> Parsed<DoorbellNode> {
        var parsed = Parsed<DoorbellNode>()
        var offset = 44
        do throws(Damage) {
            while offset < table.count {
                let length = Int(try table.number(at: offset + 1, 1))
                guard length >= 2, offset + length <= table.count else {
                    throw table.broken(max(length, 2), at: offset)
                }
                if let node = try node(table, offset, length) { parsed.values.append(node) }
                offset += length
            }
        } catch {
            parsed.damage.append(error)
        }
        return parsed
    }

    private static func node(
        _ table: FirmwareTable, _ offset: Int, _ length: Int
    ) throws(Damage) -> DoorbellNode? {
        let kind: DoorbellNode.Kind
        switch (try table.number(at: offset, 1), length) {
        case (13, 24...):
            let spis = try spis(table, offset)
            // The frames of Amazon are told by who made the table
            // (`acpi_check_amazon_graviton_quirks`, `irq-gic-v2m.c`, 6.12).
            kind = table.oemID == "AMAZON" ? .graviton(spis: spis) : .frame(spis: spis)
        case (15, 20...): kind = .its
        default: return nil
        }
        return DoorbellNode(
            kind: kind, base: PhysicalAddress(rawValue: try table.number(at: offset + 8, 8)),
            handle: try table.word(at: offset + 4), name: "MADT",
            lines: [table.line(at: offset)])
    }

    /// The SPIs of a frame where the table overrides the frame's own register.
    private static func spis(
        _ table: FirmwareTable, _ offset: Int
    ) throws(Damage) -> ClosedRange<InterruptID>? {
        guard try table.word(at: offset + 16) & 1 != 0 else { return nil }
        return SPIRange.frame(
            first: UInt32(try table.number(at: offset + 22, 2)),
            count: UInt32(try table.number(at: offset + 20, 2)))
    }
}
