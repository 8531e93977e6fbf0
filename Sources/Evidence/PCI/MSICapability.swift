// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// The MSI registers of a function (PCI Local Bus 3.0, 6.8.1; `include/uapi/linux/pci_regs.h`).
package struct MSICapability: Sendable, Hashable, Codable {
    package let enabled: Bool
    /// How many vectors the operating system granted.
    package let granted: UInt32
    /// Whether the address register has its upper half.
    package let isWide: Bool
    package let message: MSIMessage
    /// The lines that hold the registers.
    package let lines: [RawLine]

    package init(
        enabled: Bool, granted: UInt32, isWide: Bool = true, message: MSIMessage,
        lines: [RawLine]
    ) {
        self.enabled = enabled
        self.granted = granted
        self.isWide = isWide
        self.message = message
        self.lines = lines
    }

    /// Finds the capability in configuration space; nothing when the function has none.
    package init?(in space: ConfigurationBytes) {
        guard let offset = Self.offset(in: space),
            let control = space.number(at: offset + 2, bytes: 2),
            let low = space.number(at: offset + 4, bytes: 4)
        else { return nil }
        let wide = control & 0x80 != 0
        guard let high = wide ? space.number(at: offset + 8, bytes: 4) : 0,
            let data = space.number(at: offset + (wide ? 12 : 8), bytes: 2)
        else { return nil }
        let last = offset + (wide ? 13 : 9)
        self.init(
            enabled: control & 1 != 0, granted: 1 << (control >> 4 & 7), isWide: wide,
            message: MSIMessage(
                address: MessageAddress(rawValue: UInt64(high) << 32 | UInt64(low)), data: data),
            lines: (offset / 16...last / 16).compactMap { space.line(at: $0 * 16) })
    }

    /// Walks the capability list; a list that runs in a circle ends after all the room there is.
    private static func offset(in space: ConfigurationBytes) -> Int? {
        guard let status = space.number(at: 6, bytes: 2), status & 0x10 != 0 else { return nil }
        var next = space.number(at: 0x34, bytes: 1) ?? 0
        for _ in 0..<48 {
            let offset = Int(next & 0xfc)
            guard offset >= 0x40, let id = space.number(at: offset, bytes: 1) else { return nil }
            if id == 0x05 { return offset }
            next = space.number(at: offset + 1, bytes: 1) ?? 0
        }
        return nil
    }
}
