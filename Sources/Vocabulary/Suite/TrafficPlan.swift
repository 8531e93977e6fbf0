// SPDX-License-Identifier: GPL-3.0-or-later

/// Which vectors ring how often, how fast and in which order, and what is done meanwhile.
package struct TrafficPlan: Hashable, Sendable, Codable {
    /// Vectors of one device that ring alike.
    package struct Stream: Hashable, Sendable, Codable {
        package let device: DeviceName
        /// Nothing for every armed vector of the device.
        package let vectors: [VectorIndex]?
        /// Raises in a second of each vector, at most; nothing for as many as are answered.
        package let rate: UInt32?
        /// How many raises of a vector follow each other before one is awaited.
        package let burst: UInt32

        package init(
            device: DeviceName, vectors: [VectorIndex]? = nil, rate: UInt32? = nil,
            burst: UInt32 = 1
        ) {
            self.device = device
            self.vectors = vectors
            self.rate = rate
            self.burst = burst
        }
    }

    /// Which vector rings next.
    package enum Order: Hashable, Sendable, Codable {
        /// One after the other, each awaited before the next is raised.
        case turns
        /// All that are due are raised before the first of them is awaited.
        case together
        /// One after another as the seed draws them, each awaited before the next is raised.
        case random(seed: UInt64)
    }

    /// How often each vector is raised.
    package let count: UInt32
    /// Nothing for every armed vector of every device.
    package let streams: [Stream]?
    package let order: Order
    package let meanwhile: [Disturbance]

    package init(
        count: UInt32, streams: [Stream]? = nil, order: Order = .turns,
        meanwhile: [Disturbance] = []
    ) {
        self.count = count
        self.streams = streams
        self.order = order
        self.meanwhile = meanwhile
    }
}

extension TrafficPlan {
    /// One vector, and how it rings.
    package struct Lane: Hashable, Sendable {
        package let device: DeviceName
        package let vector: VectorIndex
        package let rate: UInt32?
        package let burst: UInt32
    }

    /// The vectors that ring, in the order of the streams, where so many are armed of each device.
    package func lanes(armed: [DeviceName: UInt32]) -> [Lane] {
        let streams = streams ?? armed.keys.sorted().map { Stream(device: $0) }
        return streams.flatMap { stream in
            let every = (0..<(armed[stream.device] ?? 0)).map { VectorIndex(rawValue: $0) }
            return (stream.vectors ?? every).map {
                Lane(
                    device: stream.device, vector: $0, rate: stream.rate, burst: stream.burst)
            }
        }
    }

    /// The container whose process is killed while the vectors ring on.
    package var killed: ContainerName? {
        for case .kill(let container) in meanwhile { return container }
        return nil
    }
}

extension TrafficPlan: CustomStringConvertible {
    package var description: String {
        let streams = streams?.map { "\($0)" }.joined(separator: ", ") ?? "all that is armed"
        let deeds = meanwhile.map { "\($0)" }.joined(separator: ", ")
        return "traffic × \(count) of \(streams)\(order.suffix)"
            + (deeds.isEmpty ? "" : ", meanwhile \(deeds)")
    }
}

extension TrafficPlan.Stream: CustomStringConvertible {
    package var description: String {
        let numbers = vectors?.map { "\($0.rawValue)" }.joined(separator: " ")
        return "\(device)" + (numbers.map { " \($0)" } ?? "")
            + (burst > 1 ? " by \(burst)" : "") + (rate.map { " at \($0)/s" } ?? "")
    }
}

extension TrafficPlan.Order {
    /// How a description of a plan ends.
    fileprivate var suffix: String {
        switch self {
        case .turns: ""
        case .together: ", together"
        case .random(let seed): ", drawn by \(seed)"
        }
    }
}
