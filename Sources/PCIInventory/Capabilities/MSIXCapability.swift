// SPDX-License-Identifier: GPL-3.0-or-later

/// MSI-X (PCI Local Bus 3.0, 6.8.2): the vectors themselves stand in a BAR.
package struct MSIXCapability: Hashable, Sendable, Encodable {
    package let isEnabled: Bool
    /// Whether the whole function is masked.
    package let isMasked: Bool
    /// How many vectors the table has, 1…2048.
    package let tableSize: Int
    package let table: BARPlace
    /// The pending bit array.
    package let pendingBits: BARPlace

    init?(at place: Int, of space: ConfigurationSpace) {
        guard let control = space.word(at: place + 2), let table = space.long(at: place + 4),
            let pending = space.long(at: place + 8)
        else { return nil }
        isEnabled = control & 0x8000 != 0
        isMasked = control & 0x4000 != 0
        tableSize = Int(control & 0x07ff) + 1
        self.table = BARPlace(register: table)
        pendingBits = BARPlace(register: pending)
    }

    private enum CodingKeys: String, CodingKey {
        case isEnabled = "enabled"
        case isMasked = "masked"
        case tableSize, table, pendingBits
    }
}

/// A place in one of the function's BARs.
package struct BARPlace: Hashable, Sendable, Encodable {
    /// Which BAR, 0…5; 6 and 7 are reserved, but a device can say so.
    package let bar: UInt8
    /// Bytes from the start of the BAR, a multiple of 8.
    package let offset: UInt32

    init(register: UInt32) {
        bar = UInt8(register & 7)
        offset = register & ~7
    }
}
