// SPDX-License-Identifier: GPL-3.0-or-later

/// What stands behind a PCI-to-PCI bridge, from its header (PCI-to-PCI Bridge 1.2, 3.2.5).
package struct PCIBridge: Hashable, Sendable, Encodable {
    package let primaryBus: UInt8
    /// Zero when the bridge is not configured.
    package let secondaryBus: UInt8
    package let subordinateBus: UInt8
    package let ports: BridgeWindow?
    package let memory: BridgeWindow?
    package let prefetchableMemory: BridgeWindow?

    /// Decodes the header; nothing when it is not a bridge's or was not read.
    init?(_ space: ConfigurationSpace) {
        guard space.headerType == .bridge, let primary = space.byte(at: 0x18),
            let secondary = space.byte(at: 0x19), let subordinate = space.byte(at: 0x1a)
        else { return nil }
        primaryBus = primary
        secondaryBus = secondary
        subordinateBus = subordinate
        ports = BridgeWindow(portsOf: space)
        memory = BridgeWindow(memoryOf: space)
        prefetchableMemory = BridgeWindow(prefetchableOf: space)
    }
}

/// A range of addresses that a bridge passes down; closed when its end lies before its start.
package struct BridgeWindow: Hashable, Sendable, Encodable {
    package let first: RegionAddress
    package let last: RegionAddress
    /// 16, 32 or 64.
    package let addressBits: Int

    package var isOpen: Bool { first <= last }

    private init(first: UInt64, last: UInt64, bits: Int) {
        self.first = RegionAddress(rawValue: first)
        self.last = RegionAddress(rawValue: last)
        addressBits = bits
    }

    fileprivate init?(portsOf space: ConfigurationSpace) {
        guard let base = space.byte(at: 0x1c), let limit = space.byte(at: 0x1d),
            let baseHigh = space.word(at: 0x30), let limitHigh = space.word(at: 0x32),
            base & 0xf == limit & 0xf, base & 0xf <= 1
        else { return nil }
        let isWide = base & 0xf == 1
        let high: (UInt16) -> UInt64 = { isWide ? UInt64($0) << 16 : 0 }
        self.init(
            first: high(baseHigh) | UInt64(base & 0xf0) << 8,
            last: high(limitHigh) | UInt64(limit & 0xf0) << 8 | 0xfff, bits: isWide ? 32 : 16)
    }

    fileprivate init?(memoryOf space: ConfigurationSpace) {
        guard let base = space.word(at: 0x20), let limit = space.word(at: 0x22),
            base & 0xf == 0, limit & 0xf == 0
        else { return nil }
        self.init(
            first: UInt64(base) << 16, last: UInt64(limit) << 16 | 0xfffff, bits: 32)
    }

    fileprivate init?(prefetchableOf space: ConfigurationSpace) {
        guard let base = space.word(at: 0x24), let limit = space.word(at: 0x26),
            let baseHigh = space.long(at: 0x28), let limitHigh = space.long(at: 0x2c),
            base & 0xf == limit & 0xf, base & 0xf <= 1
        else { return nil }
        let isWide = base & 0xf == 1
        let high: (UInt32) -> UInt64 = { isWide ? UInt64($0) << 32 : 0 }
        self.init(
            first: high(baseHigh) | UInt64(base & 0xfff0) << 16,
            last: high(limitHigh) | UInt64(limit & 0xfff0) << 16 | 0xfffff,
            bits: isWide ? 64 : 32)
    }
}
