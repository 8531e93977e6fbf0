// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// The account of four bytes that a device moved by DMA.
package struct TransferRecord: Sendable, Hashable, Codable {
    package var device: PCIAddress
    package var direction: Transfer.Direction
    /// The address that the device put on the bus.
    package var address: IOVA
    /// What was written, or what the device says it has read.
    package var value: UInt32?
    /// What stands in the user's memory at that IOVA afterwards; nothing where none is mapped.
    package var memory: UInt32?
    /// How many signals came on each armed eventfd of each device while it ran.
    package var signals: [Signals]
    package var began: BoardInstant
    package var ended: BoardInstant

    package init(
        device: PCIAddress, direction: Transfer.Direction, address: IOVA, value: UInt32?,
        memory: UInt32?, signals: [Signals], began: BoardInstant, ended: BoardInstant
    ) {
        self.device = device
        self.direction = direction
        self.address = address
        self.value = value
        self.memory = memory
        self.signals = signals
        self.began = began
        self.ended = ended
    }

    /// What one eventfd counted.
    package struct Signals: Sendable, Hashable, Codable {
        package var device: PCIAddress
        package var vector: VectorIndex
        package var count: UInt64

        package init(device: PCIAddress, vector: VectorIndex, count: UInt64) {
            self.device = device
            self.vector = vector
            self.count = count
        }
    }
}
