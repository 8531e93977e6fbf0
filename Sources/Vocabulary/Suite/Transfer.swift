// SPDX-License-Identifier: GPL-3.0-or-later

/// Four bytes that a device reads or writes by DMA.
package struct Transfer: Hashable, Sendable, Codable {
    /// Which way the bytes go, as the device sees it.
    package enum Direction: String, Hashable, Sendable, Codable, CaseIterable {
        case read, write
    }

    /// What the device puts on the bus as the address.
    package enum Target: Hashable, Sendable, Codable {
        /// An IOVA that a suite names.
        case memory(Placement)
        /// The address in the message of the device's own vector 0.
        case doorbell
        /// The physical address of the doorbell's register, untranslated.
        case physicalDoorbell
    }

    /// What is written.
    package enum Value: Hashable, Sendable, Codable {
        case word(UInt32)
        /// The data of a vector's message: to a doorbell, a forged interrupt.
        case message(device: DeviceName, vector: VectorIndex)
    }

    package let direction: Direction
    package let target: Target
    /// What a write carries; a read has none.
    package let value: Value?

    package init(direction: Direction, target: Target, value: Value? = nil) {
        self.direction = direction
        self.target = target
        self.value = value
    }
}

extension Transfer: CustomStringConvertible {
    package var description: String {
        let carried = value.map { "\($0) to " } ?? ""
        return "\(direction.rawValue) \(carried)\(target)"
    }
}

extension Transfer.Target: CustomStringConvertible {
    package var description: String {
        switch self {
        case .memory(let at): "\(at)"
        case .doorbell: "its doorbell's IOVA"
        case .physicalDoorbell: "its doorbell's physical address"
        }
    }
}

extension Transfer.Value: CustomStringConvertible {
    package var description: String {
        switch self {
        case .word(let word): Hexadecimal.prefixed(UInt64(word))
        case .message(let device, let vector): "the message of \(device) \(vector)"
        }
    }
}
