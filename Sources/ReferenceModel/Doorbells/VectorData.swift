// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// What the data of an armed message may be.
package enum VectorData: Sendable, Hashable, Codable {
    /// An ITS numbers the vectors of a fresh device from 0.
    case exactly(UInt32)
    /// A GICv2m frame gives an interrupt that is free; which one depends on what others took.
    case interrupt(within: ClosedRange<InterruptID>)

    /// Says whether a message may carry this data.
    package func allows(_ data: UInt32) -> Bool {
        switch self {
        case .exactly(let value): data == value
        case .interrupt(let spis): spis.contains(InterruptID(rawValue: data))
        }
    }
}

extension VectorData: CustomStringConvertible {
    package var description: String {
        switch self {
        case .exactly(let value): Hexadecimal.prefixed(UInt64(value))
        case .interrupt(let spis):
            "an interrupt of SPI[\(spis.lowerBound.rawValue):\(spis.upperBound.rawValue)]"
        }
    }
}

extension Doorbell {
    func data(of vector: VectorIndex) -> VectorData {
        switch kind {
        case .gicV2m(let spis): .interrupt(within: spis)
        case .its: .exactly(vector.rawValue)
        }
    }
}
