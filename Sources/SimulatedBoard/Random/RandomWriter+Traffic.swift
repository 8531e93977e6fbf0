// SPDX-License-Identifier: GPL-3.0-or-later
import Vocabulary

extension RandomWriter {
    /// A plan for some or all vectors that are armed, with something that is done meanwhile.
    mutating func traffic() {
        guard !armed.isEmpty else { return arm() }
        let streams = Bool.random(using: &random) ? nil : streams()
        let orders: [TrafficPlan.Order] = [.turns, .together, .random(seed: random.next() % 100)]
        var meanwhile: [Disturbance] = []
        for _ in 0..<Int.random(in: 0...2, using: &random) {
            guard let next = disturbance() else { continue }
            let isSecondStorm = next.isStorm && meanwhile.contains(where: \.isStorm)
            if !isSecondStorm, !meanwhile.contains(next) { meanwhile.append(next) }
        }
        let doomed = doomed(streams)
        if let doomed { meanwhile.append(.kill(doomed)) }
        append(
            .traffic(
                TrafficPlan(
                    count: UInt32.random(in: 1...12, using: &random), streams: streams,
                    order: pick(orders) ?? .turns, meanwhile: meanwhile)))
        if let doomed { forgetContainer(doomed) }
    }

    private mutating func streams() -> [TrafficPlan.Stream] {
        let devices = armed.keys.sorted().shuffled(using: &random)
        return devices.prefix(Int.random(in: 1...2, using: &random)).map { device in
            let count = armed[device]?.vectors ?? 1
            let last = VectorIndex(rawValue: UInt32.random(in: 0..<count, using: &random))
            return TrafficPlan.Stream(
                device: device, vectors: Bool.random(using: &random) ? nil : [last],
                burst: Bool.random(using: &random)
                    ? 1 : UInt32.random(in: 2...5, using: &random))
        }
    }

    private mutating func disturbance() -> Disturbance? {
        guard let device = pick(armed.keys.sorted()), let arming = armed[device] else { return nil }
        let every = UInt32.random(in: 2...6, using: &random)
        let isStock =
            board.generation == .fixedWindowWithRanges || board.generation == .hardwareWindow
        switch Int.random(in: 0..<6, using: &random) {
        case 0: return .steer(device, every: every)
        case 1 where arming.kind == .msix || devices[device]?.canMaskMSI == true:
            return .mask(device, every: every)
        case 2 where isStock: return .rearm(device, every: every)
        case 3: return .reset(device, every: every)
        case 4 where isStock:
            guard let container = pick(open) else { return nil }
            let (at, size) = place()
            return .storm(container: container, at: at, size: size, rounds: 5)
        case 5:
            let vector = UInt32.random(in: 0..<arming.vectors, using: &random)
            return .overflow(device: device, vector: VectorIndex(rawValue: vector))
        default: return nil
        }
    }

    /// The container of all devices that ring, one time in eight.
    private mutating func doomed(_ streams: [TrafficPlan.Stream]?) -> ContainerName? {
        guard Int.random(in: 0..<8, using: &random) == 0 else { return nil }
        let ringing = streams?.map(\.device) ?? Array(armed.keys)
        let containers = Set(ringing.compactMap { attached[$0] })
        guard containers.count == 1, let only = containers.first, !paired.contains(only) else {
            return nil
        }
        return only
    }
}

extension Disturbance {
    /// A plan has one storm at most.
    fileprivate var isStorm: Bool { if case .storm = self { true } else { false } }
}
