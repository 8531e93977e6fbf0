// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// What the data of an armed message may be.
package enum VectorData: Sendable, Hashable, Codable {
    /// An ITS numbers the vectors of a fresh device from 0.
    case exactly(UInt32)
    /// A frame gives an interrupt that is free; which one depends on what others took.
    case within([DataRun])

    /// Any interrupt of a frame whose data is the interrupt ID itself.
    package static func interrupt(within spis: ClosedRange<InterruptID>) -> VectorData {
        .within(
            [DataRun(first: spis.lowerBound.rawValue, last: spis.upperBound.rawValue)]
                .compactMap(\.self))
    }

    /// Says whether a message may carry this data.
    package func allows(_ data: UInt32) -> Bool {
        switch self {
        case .exactly(let value): data == value
        case .within(let runs): runs.contains { $0.contains(data) }
        }
    }
}

extension VectorData: CustomStringConvertible {
    package var description: String {
        switch self {
        case .exactly(let value): Hexadecimal.prefixed(UInt64(value))
        case .within(let runs) where runs.isEmpty: "of no interrupt, as none is large enough"
        case .within(let runs): runs.map(\.description).joined(separator: " or ")
        }
    }
}

extension Doorbell {
    /// What the data of a vector's message may be.
    package func data(for context: VectorContext) -> VectorData {
        switch kind {
        case .gicV2m(let spis, let form): GICv2m.data(spis, form, context)
        case .graviton: .exactly(0)
        case .its, .preITS: GICv3ITS.data(context)
        case .mbi(let ranges, _): GICv3MBI.data(ranges, context)
        }
    }

    /// What the data of a vector of a device alone with its DevID may be, in no block.
    package func data(of vector: VectorIndex) -> VectorData {
        data(for: VectorContext(device: DeviceID(rawValue: 0), vector: vector))
    }
}
