// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension StepOrder {
    /// Follows a plan of traffic: who rings must be armed, and what is done must be possible.
    mutating func follow(traffic plan: TrafficPlan) -> String? {
        let lanes = plan.lanes(armed: armed)
        for stream in plan.streams ?? [] {
            // A stream of all vectors of a device that has none has no lanes.
            if let sentence = follow(ring: stream.device, vector: VectorIndex(rawValue: 0)) {
                return sentence
            }
        }
        guard !lanes.isEmpty else { return "nothing is armed here; arm a device first" }
        for lane in lanes {
            if let sentence = complaint(of: lane) { return sentence }
        }
        if let twice = Set(lanes.map(\.device)).compactMap({ twice($0, in: lanes) }).min() {
            return twice
        }
        for disturbance in plan.meanwhile {
            if let sentence = complaint(of: disturbance, plan, lanes) { return sentence }
        }
        return conflict(in: plan) ?? plan.killed.flatMap { follow(close: $0) }
    }

    private func complaint(of lane: TrafficPlan.Lane) -> String? {
        if let sentence = follow(ring: lane.device, vector: lane.vector) { return sentence }
        guard lane.burst > 1 else { return nil }
        if devices[lane.device]?.stimulus == .factorial {
            return
                "'\(lane.device)' computes one factorial at a time, so that the others of a burst "
                + "are never made; leave 'burst' out"
        }
        guard devices[lane.device]?.kind == .e1000e else { return nil }
        return "'\(lane.device)' (e1000e) throttles: it would hold the raises of a burst back, and "
            + "then send some again; leave 'burst' out"
    }

    private func twice(_ device: DeviceName, in lanes: [TrafficPlan.Lane]) -> String? {
        var known: Set<VectorIndex> = []
        let again = lanes.first { $0.device == device && !known.insert($0.vector).inserted }
        return again.map { "\($0.vector) of '\(device)' rings in two streams; name it once" }
    }

    private func complaint(
        of disturbance: Disturbance, _ plan: TrafficPlan, _ lanes: [TrafficPlan.Lane]
    ) -> String? {
        if let device = disturbance.device, !lanes.contains(where: { $0.device == device }) {
            return "device '\(device)' does not ring in this plan, so nothing is done to it "
                + "while it rings; add a stream of it"
        }
        switch disturbance {
        case .mask(let device, _) where devices[device]?.kind == .edu:
            return "'\(device)' (edu) has MSI without mask bits; mask a device with MSI-X"
        case .reset(let device, let every):
            guard devices[device]?.kind != .nvme else {
                return "a reset takes the queues of '\(device)' (nvme) away, and nothing rings "
                    + "behind it; arm it again instead with 'rearm'"
            }
            return tooOften(device, every, plan, lanes)
        case .rearm(let device, let every): return tooOften(device, every, plan, lanes)
        case .overflow(let device, let vector):
            return lanes.contains { $0.device == device && $0.vector == vector }
                ? nil : "\(vector) of '\(device)' does not ring in this plan"
        case .storm(let container, _, _, _): return needsOpen(container)
        case .kill(let container): return stranger(to: container, lanes) ?? needsOpen(container)
        case .mask, .steer: return nil
        }
    }

    /// Each arming and reset is a call in the record, and takes its time.
    private func tooOften(
        _ device: DeviceName, _ every: UInt32, _ plan: TrafficPlan, _ lanes: [TrafficPlan.Lane]
    ) -> String? {
        let raises = UInt64(plan.count) * UInt64(lanes.count { $0.device == device })
        guard raises / UInt64(every) > 64 else { return nil }
        return "'\(device)' is raised \(raises) times, and every \(every) is more than 64 times; "
            + "write \((raises + 63) / 64) or more for 'every'"
    }

    private func stranger(to container: ContainerName, _ lanes: [TrafficPlan.Lane]) -> String? {
        let other = lanes.first { attached[$0.device] != container }
        return other.map {
            "device '\($0.device)' rings in another container than '\(container)', whose process "
                + "is killed; only devices of '\(container)' can ring in this plan"
        }
    }

    /// Two things that cannot be done to one device in one plan.
    private func conflict(in plan: TrafficPlan) -> String? {
        for case .rearm(let device, _) in plan.meanwhile {
            for other in plan.meanwhile where other.device == device {
                switch other {
                case .steer:
                    return "arming '\(device)' again gives it other interrupts, so they cannot be "
                        + "steered in the same plan; write two steps"
                case .overflow:
                    return "arming '\(device)' again gives it other eventfds, so none can be "
                        + "filled in the same plan; write two steps"
                case .mask, .rearm, .reset, .storm, .kill: continue
                }
            }
        }
        let storms = plan.meanwhile.count { if case .storm = $0 { true } else { false } }
        return storms > 1 ? "one plan has one storm; write two steps" : nil
    }
}
