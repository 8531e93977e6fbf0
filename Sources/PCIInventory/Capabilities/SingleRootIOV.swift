// SPDX-License-Identifier: GPL-3.0-or-later

/// Single Root I/O Virtualization (PCIe 5.0, 9.3.3).
package struct SingleRootIOV: Hashable, Sendable, Encodable {
    /// Whether virtual functions exist now.
    package let isEnabled: Bool
    /// Whether their memory answers.
    package let hasMemoryEnabled: Bool
    package let initialFunctions: UInt16
    package let totalFunctions: UInt16
    package let functions: UInt16
    /// Which other function this one cannot do without; its own number when there is none.
    package let dependencyLink: UInt8
    /// Requester ID of the first virtual function, counted from the physical one's.
    package let firstOffset: UInt16
    /// Between the requester IDs of neighbours.
    package let stride: UInt16
    /// Device ID of the virtual functions; their vendor is the physical function's.
    package let deviceID: PCIID
    /// Bit n stands for pages of 2^(n+12) bytes.
    package let supportedPageSizes: UInt32
    package let systemPageSize: UInt32
    /// The six BAR registers of the virtual functions, raw.
    package let baseAddressRegisters: [UInt32]

    init?(at place: Int, of space: ConfigurationSpace) {
        guard let control = space.word(at: place + 0x08),
            let initial = space.word(at: place + 0x0c), let total = space.word(at: place + 0x0e),
            let number = space.word(at: place + 0x10), let link = space.byte(at: place + 0x12),
            let offset = space.word(at: place + 0x14),
            let stride = space.word(at: place + 0x16), let device = space.word(at: place + 0x1a),
            let supported = space.long(at: place + 0x1c), let system = space.long(at: place + 0x20)
        else { return nil }
        isEnabled = control & 0x01 != 0
        hasMemoryEnabled = control & 0x08 != 0
        initialFunctions = initial
        totalFunctions = total
        functions = number
        dependencyLink = link
        firstOffset = offset
        self.stride = stride
        deviceID = PCIID(rawValue: device)
        supportedPageSizes = supported
        systemPageSize = system
        baseAddressRegisters = (0..<6).compactMap { space.long(at: place + 0x24 + 4 * $0) }
        guard baseAddressRegisters.count == 6 else { return nil }
    }
}
