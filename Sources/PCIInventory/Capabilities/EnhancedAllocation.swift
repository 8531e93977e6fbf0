// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Enhanced Allocation (PCIe 5.0, 7.8.5): fixed regions instead of BARs, as ThunderX has.
package struct EnhancedAllocation: Hashable, Sendable, Encodable {
    /// Bus numbers, only in a bridge.
    package let secondaryBus: UInt8?
    package let subordinateBus: UInt8?
    package let entries: [EnhancedAllocationEntry]

    init?(at place: Int, of space: ConfigurationSpace) {
        guard let count = space.byte(at: place + 2) else { return nil }
        let isBridge = space.headerType == .bridge
        secondaryBus = isBridge ? space.byte(at: place + 4) : nil
        subordinateBus = isBridge ? space.byte(at: place + 5) : nil

        var entries: [EnhancedAllocationEntry] = []
        var next = place + (isBridge ? 8 : 4)
        for _ in 0..<(count & 0x3f) {
            guard let entry = EnhancedAllocationEntry(at: next, of: space) else { return nil }
            entries.append(entry)
            next += entry.length
        }
        self.entries = entries
    }
}

/// One fixed region.
package struct EnhancedAllocationEntry: Hashable, Sendable {
    /// Which BAR it stands for: 0…5, 6 behind the bridge, 7 none, 8 ROM, 9… BARs of the VFs.
    package let equivalentBAR: UInt8
    package let primaryProperties: UInt8
    package let secondaryProperties: UInt8
    package let isEnabled: Bool
    package let isWritable: Bool
    package let base: RegionAddress
    /// Nothing when it is the whole of 64 bits.
    package let size: ByteCount?
    /// Bytes that the entry takes in configuration space.
    let length: Int

    init?(at place: Int, of space: ConfigurationSpace) {
        guard let header = space.long(at: place), let base = space.long(at: place + 4),
            let maximum = space.long(at: place + 8)
        else { return nil }
        let wideBase = base & 2 != 0
        let wideMaximum = maximum & 2 != 0
        guard let baseHigh = wideBase ? space.long(at: place + 12) : 0,
            let maximumHigh = wideMaximum ? space.long(at: place + (wideBase ? 16 : 12)) : 0
        else { return nil }

        equivalentBAR = UInt8(header >> 4 & 0xf)
        primaryProperties = UInt8(header >> 8 & 0xff)
        secondaryProperties = UInt8(header >> 16 & 0xff)
        isWritable = header & 1 << 30 != 0
        isEnabled = header & 1 << 31 != 0
        self.base = RegionAddress(rawValue: UInt64(baseHigh) << 32 | UInt64(base & ~3))
        // The lowest two bits of the largest offset are always ones.
        let last = UInt64(maximumHigh) << 32 | UInt64(maximum | 3)
        size = last == .max ? nil : .bytes(last + 1)
        length = 4 * (1 + Int(header & 7))
    }
}
