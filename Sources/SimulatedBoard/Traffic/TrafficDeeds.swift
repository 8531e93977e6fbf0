// SPDX-License-Identifier: GPL-3.0-or-later
import Evidence
import Vocabulary

/// What is done to the simulated board while a plan's vectors ring.
struct TrafficDeeds {
    private let plan: TrafficPlan
    private let lanes: [TrafficLane]
    /// How often each device was raised.
    private var raises: [DeviceName: UInt64] = [:]
    private var moves: UInt64 = 0
    private var rearmings: UInt64 = 0
    private var resets: UInt64 = 0
    private var storm: StormRecord?

    init(_ plan: TrafficPlan, _ lanes: [TrafficLane]) {
        self.plan = plan
        self.lanes = lanes
    }

    /// Prepares what lasts from the first raise on.
    mutating func begin(on agent: SimulatedAgent) throws(SimulatedAgent.Obstacle) {
        for disturbance in plan.meanwhile {
            switch disturbance {
            case .mask(let device, let every):
                for lane in lanes where lane.name == device {
                    guard lane.interrupt.kind == .msix || lane.function.description.canMaskMSI
                    else { throw .init(reason: "device '\(device)' has no mask bits") }
                    lane.maskEvery = UInt64(every)
                }
            case .overflow(let device, let vector):
                for lane in lanes where lane.name == device && lane.vector == vector.rawValue {
                    lane.isFilled = true
                }
            case .storm(let container, _, _, _):
                guard try agent.container(container).space == nil else {
                    throw .init(reason: "storms ask type1, not iommufd")
                }
                storm = StormRecord(rounds: 0, maps: 0, unmaps: 0, errno: .none)
            case .steer, .rearm, .reset, .kill: break
            }
        }
    }

    /// Does what is due behind some raises.
    mutating func follow(
        _ lane: TrafficLane, _ burst: UInt64, on agent: SimulatedAgent
    ) throws(SimulatedAgent.Obstacle) {
        let earlier = raises[lane.name, default: 0]
        raises[lane.name] = earlier + burst
        for disturbance in plan.meanwhile {
            switch disturbance {
            case .steer(lane.name, let every) where due(earlier, burst, every): steer(lane.name)
            case .rearm(lane.name, let every) where due(earlier, burst, every):
                try rearm(lane, on: agent)
            case .reset(lane.name, let every) where due(earlier, burst, every):
                try agent.reset(lane.name)
                resets += 1
            case .storm(let container, let at, let size, let rounds):
                guard storm?.rounds ?? 0 < UInt64(rounds) else { continue }
                try blow(try agent.container(container), at, size, on: agent)
            default: break
            }
        }
    }

    func account(from began: BoardInstant, to ended: BoardInstant) -> TrafficRecord {
        TrafficRecord(
            lanes: lanes.map(\.record), storm: storm, moves: moves, rearmings: rearmings,
            resets: resets, began: began, ended: ended)
    }

    private func due(_ earlier: UInt64, _ burst: UInt64, _ every: UInt32) -> Bool {
        (earlier + burst) / UInt64(every) > earlier / UInt64(every)
    }

    private mutating func steer(_ device: DeviceName) {
        for lane in lanes where lane.name == device {
            lane.interrupt.move(to: (lane.interrupt.processor + 1) % Kernel.processors)
            moves += 1
        }
    }

    private mutating func rearm(
        _ lane: TrafficLane, on agent: SimulatedAgent
    ) throws(SimulatedAgent.Obstacle) {
        guard let kind = lane.function.kind else { return }
        let count = UInt32(lane.function.interrupts.count)
        try agent.disarm(lane.name)
        try agent.arm(lane.name, kind, count)
        rearmings += 1
        for other in lanes where other.name == lane.name { other.record.sinceArmed = 0 }
    }

    /// A map and its unmap, by a thread whose events nobody takes for the agent's.
    private mutating func blow(
        _ container: SimulatedAgent.Container, _ at: Placement, _ size: Extent,
        on agent: SimulatedAgent
    ) throws(SimulatedAgent.Obstacle) {
        guard var storm else { return }
        let (iova, bytes) = try agent.resolve(at, size)
        let kernel = agent.kernel
        kernel.process = container.process + 1000
        defer { kernel.process = container.process }
        storm.rounds += 1
        let errno = container.iommu.map { kernel.mapUser($0, iova, bytes) } ?? .invalid
        if errno == .none, let iommu = container.iommu {
            storm.maps += 1
            if kernel.unmapUser(iommu, iova, bytes) == (.none, bytes) { storm.unmaps += 1 }
            kernel.strayUnmap(from: iommu)
        } else if storm.errno == .none {
            storm.errno = errno
        }
        self.storm = storm
    }
}
