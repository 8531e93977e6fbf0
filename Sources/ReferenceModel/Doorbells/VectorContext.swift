// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// What a doorbell must know of a vector to say where it rings and with which data.
package struct VectorContext: Sendable, Hashable, Codable {
    package let device: DeviceID
    /// Whether other functions have the same DevID on the same ITS.
    package let sharesDevice: Bool
    package let vector: VectorIndex
    /// How many vectors are allocated as one block: all of a multi-message MSI, 1 for MSI-X.
    package let block: UInt32
    /// The SPI that was allocated, where that is known.
    package let interrupt: InterruptID?

    package init(
        device: DeviceID, sharesDevice: Bool = false,
        vector: VectorIndex = VectorIndex(rawValue: 0), block: UInt32 = 1,
        interrupt: InterruptID? = nil
    ) {
        self.device = device
        self.sharesDevice = sharesDevice
        self.vector = vector
        // No block is empty: the kernel allocates one vector at least.
        self.block = max(1, block)
        self.interrupt = interrupt
    }

    /// What the base of the block must be a multiple of: a device puts the vector's number in the
    /// low bits of the data (PCI Local Bus 3.0, 6.8.1.6).
    package var alignment: UInt32 {
        guard block > 1 else { return 1 }
        return block > 1 << 31 ? 1 << 31 : 1 << UInt32(32 - (block - 1).leadingZeroBitCount)
    }
}
