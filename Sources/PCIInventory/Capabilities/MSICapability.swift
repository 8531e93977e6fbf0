// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Message Signalled Interrupts (PCI Local Bus 3.0, 6.8.1).
package struct MSICapability: Hashable, Sendable {
    package let isEnabled: Bool
    /// Whether the address register has an upper half.
    package let is64Bit: Bool
    /// Whether each vector can be masked.
    package let isMaskable: Bool
    /// How many vectors the function can use: a power of two, above 32 only when it lies.
    package let vectorsCapable: Int
    /// How many it was allowed.
    package let vectorsEnabled: Int
    package let message: MSIMessage
    /// One bit for each vector; nothing when they cannot be masked.
    package let mask: UInt32?
    /// Vectors that wait for their mask to be lifted; nothing when they cannot be masked.
    package let pending: UInt32?

    init?(at place: Int, of space: ConfigurationSpace) {
        guard let control = space.word(at: place + 2) else { return nil }
        isEnabled = control & 0x0001 != 0
        vectorsCapable = 1 << Int(control >> 1 & 7)
        vectorsEnabled = 1 << Int(control >> 4 & 7)
        is64Bit = control & 0x0080 != 0
        isMaskable = control & 0x0100 != 0

        let data = place + (is64Bit ? 12 : 8)
        guard let low = space.long(at: place + 4), let value = space.word(at: data),
            let high = is64Bit ? space.long(at: place + 8) : 0
        else { return nil }
        message = MSIMessage(
            address: MessageAddress(rawValue: UInt64(high) << 32 | UInt64(low)),
            data: UInt32(value))

        mask = isMaskable ? space.long(at: data + 4) : nil
        pending = isMaskable ? space.long(at: data + 8) : nil
        guard !isMaskable || (mask != nil && pending != nil) else { return nil }
    }
}
