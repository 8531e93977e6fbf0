// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Boards
import Evidence
import Passthrough
import SecureShell
import Vocabulary

extension StepRunner {
    /// Lets the agent carry out a plan of traffic, and keeps the account of every vector.
    mutating func traffic(_ plan: TrafficPlan, into record: inout StepRecord) async throws {
        let lanes = plan.lanes(armed: stage.devices.compactMapValues(\.armedVectors))
        guard let first = lanes.first else {
            throw StepObstacle(description: "no device has armed vectors")
        }
        let holder = try device(first.device).holder
        let request = try await request(plan, lanes, heldBy: holder)
        let time = patience(forRaises: plan, lanes)
        let earlier = record.calls.count
        let result = try await ask(
            request, expecting: stage, through: holder, allowing: time, into: &record)
        guard let result else { return }
        try note(result, of: lanes, calls: earlier, in: &record)
        if let container = plan.killed { try await kill(container, into: &record) }
    }

    private func request(
        _ plan: TrafficPlan, _ lanes: [TrafficPlan.Lane], heldBy holder: ContainerName?
    ) async throws -> RunTraffic {
        let numbers = try await interrupts(steeredBy: plan)
        var request = RunTraffic(
            lanes: try lanes.map { try lane($0, plan, numbers, heldBy: holder) },
            deeds: try plan.meanwhile.compactMap(deed), count: plan.count, order: .turns, seed: 0,
            goesOn: plan.killed != nil)
        switch plan.order {
        case .turns: break
        case .together: request.order = .together
        case .random(let seed): (request.order, request.seed) = (.random, seed)
        }
        for case .storm(let name, let at, let size, let rounds) in plan.meanwhile {
            request.storm = try storm(name, at, size, rounds)
        }
        return request
    }

    private func lane(
        _ lane: TrafficPlan.Lane, _ plan: TrafficPlan, _ numbers: [VFIOVector: UInt32],
        heldBy holder: ContainerName?
    ) throws(StepObstacle) -> TrafficLane {
        let device = try device(lane.device)
        guard device.holder == holder else { throw .severalHolders(lane.device) }
        let number = try vector(lane).flatMap { numbers[$0] }
        return TrafficLane(
            device: device.handle, vector: lane.vector, burst: lane.burst,
            pace: lane.rate.map { .nanoseconds(1_000_000_000 / UInt64($0)) } ?? .zero,
            way: requirements[lane.device]?.stimulus == .factorial ? .computation : .shortest,
            interrupt: number ?? 0,
            isFilled: plan.meanwhile.contains(.overflow(device: lane.device, vector: lane.vector)))
    }

    private func vector(_ lane: TrafficPlan.Lane) throws(StepObstacle) -> VFIOVector? {
        guard let kind = try device(lane.device).armed,
            let address = stage.taken[lane.device]?.address
        else { return nil }
        return VFIOVector(kind: kind, vector: lane.vector, device: address)
    }

    private func deed(_ disturbance: Disturbance) throws(StepObstacle) -> TrafficDeed? {
        switch disturbance {
        case .steer(let name, let every):
            TrafficDeed(.steer, device: try device(name).handle, every: every)
        case .mask(let name, let every):
            TrafficDeed(.mask, device: try device(name).handle, every: every)
        case .rearm(let name, let every):
            TrafficDeed(.rearm, device: try device(name).handle, every: every)
        case .reset(let name, let every):
            try reset(name, every: every)
        case .storm, .overflow, .kill: nil
        }
    }

    private func reset(
        _ name: DeviceName, every: UInt32
    ) throws(StepObstacle) -> TrafficDeed {
        if let sparesResets { throw .spared(name, because: sparesResets) }
        return TrafficDeed(.reset, device: try device(name).handle, every: every)
    }

    private func storm(
        _ name: ContainerName, _ at: Placement, _ size: Extent, _ rounds: UInt32
    ) throws(StepObstacle) -> TrafficStorm {
        guard let iova = at.address(page: pageSize), let bytes = size.size(page: pageSize) else {
            throw StepObstacle(
                description: "\(size) at \(at) leaves the 64 bits of an IOVA", kind: .suite)
        }
        return TrafficStorm(
            container: try container(name).handle, iova: iova, size: bytes, rounds: rounds)
    }

    /// Linux's numbers of the interrupts of all vectors, where some are to be steered.
    private func interrupts(steeredBy plan: TrafficPlan) async throws -> [VFIOVector: UInt32] {
        let steers = plan.meanwhile.contains { if case .steer = $0 { true } else { false } }
        guard steers else { return [:] }
        let text = try await files.text(of: "/proc/interrupts")
        let lines = InterruptsText.parse(RawText(source: .interrupts, file: "", text: text)).values
        return lines.reduce(into: [:]) { numbers, line in
            for vector in line.vectors { numbers[vector] = UInt32(clamping: line.number) }
        }
    }
}
