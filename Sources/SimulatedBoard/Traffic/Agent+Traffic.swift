// SPDX-License-Identifier: GPL-3.0-or-later
import Evidence
import Vocabulary

extension SimulatedAgent {
    /// Carries out a plan of traffic, a burst of each vector in turn.
    func traffic(_ plan: TrafficPlan) throws(Obstacle) {
        let lanes = try lanes(of: plan)
        for function in functions.values where lanes.contains(where: { $0.function === function }) {
            call("pread64", result: 2)
            letMaster(function)
            call("pwrite64", result: 2)
        }
        var deeds = TrafficDeeds(plan, lanes)
        try deeds.begin(on: self)
        let began = kernel.clock.now
        var random = SplitMix(seed: UInt64(plan.count))
        while let raises = lanes.map({ UInt64(plan.count) - $0.record.raised }).max(), raises > 0 {
            for lane in lanes where lane.record.raised < UInt64(plan.count) {
                let burst = min(lane.burst, UInt64(plan.count) - lane.record.raised)
                raise(lane, burst, &random)
                try deeds.follow(lane, burst, on: self)
            }
        }
        record.traffic = deeds.account(from: began, to: kernel.clock.now)
        guard let container = plan.killed else { return }
        let killed = kernel.clock.now
        try kill(container)
        note("kill", 0, .none, since: killed)
    }

    private func lanes(of plan: TrafficPlan) throws(Obstacle) -> [TrafficLane] {
        let armed = functions.filter { attached[$0.key] != nil && $0.value.kind != nil }
            .mapValues { UInt32($0.interrupts.count) }
        var lanes: [TrafficLane] = []
        for lane in plan.lanes(armed: armed) {
            guard let function = functions[lane.device],
                lane.vector.rawValue < armed[lane.device] ?? 0
            else {
                throw Obstacle(reason: "\(lane.vector) of device '\(lane.device)' is not armed")
            }
            lanes.append(TrafficLane(lane, function))
        }
        guard !lanes.isEmpty else { throw Obstacle(reason: "no vector is armed") }
        return lanes
    }

    private func raise(_ lane: TrafficLane, _ burst: UInt64, _ random: inout SplitMix) {
        kernel.clock.pass(microseconds: 5 * burst)
        let filled = lane.isFilled ? lane.interrupt.fill() : nil
        let came =
            lane.isMasked(burst) ? raiseMasked(lane, burst) : raiseOpenly(lane, burst, &random)
        lane.enter(came, of: burst)
        if let filled { lane.empty(filled + came) }
    }

    /// How many signals come of raises under the mask when it is lifted.
    private func raiseMasked(_ lane: TrafficLane, _ burst: UInt64) -> UInt64 {
        let before = lane.interrupt.signals ?? 0
        kernel.setMask(lane.function, lane.vector, true)
        for _ in 0..<burst { kernel.raise(lane.function, lane.vector) }
        let waited = lane.interrupt.signals ?? 0
        lane.record.premature += waited - before
        lane.record.maskings += 1
        kernel.setMask(lane.function, lane.vector, false)
        return (lane.interrupt.signals ?? 0) - waited
    }

    /// A raise that comes while the one before is pending merges into it, or not.
    private func raiseOpenly(
        _ lane: TrafficLane, _ burst: UInt64, _ random: inout SplitMix
    ) -> UInt64 {
        let before = lane.interrupt.signals ?? 0
        let merged = UInt64.random(in: 0..<burst, using: &random)
        for _ in merged..<burst { kernel.raise(lane.function, lane.vector) }
        return (lane.interrupt.signals ?? 0) - before
    }
}

extension TrafficLane {
    /// Whether the next raises are made under the mask.
    fileprivate func isMasked(_ burst: UInt64) -> Bool {
        maskEvery > 0 && (record.raised + burst) / maskEvery > record.raised / maskEvery
    }

    /// Reads a full eventfd: all ones, which say that it overflowed.
    fileprivate func empty(_ signals: UInt64) {
        record.overflowed = record.overflowed || interrupt.signals == .max
        interrupt.signals = signals
        isFilled = false
    }
}

extension LinuxInterrupt {
    /// Fills the eventfd to one below its end, and gives how many signals there were.
    fileprivate func fill() -> UInt64 {
        let kept = signals ?? 0
        signals = .max - 1
        return kept
    }
}
