// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension Host {
    /// Says of each vector of a plan how many of its raises arrive.
    mutating func traffic(_ plan: TrafficPlan, _ seen: inout StepExpectation) {
        let lanes = plan.lanes(armed: attached.compactMapValues { $0.armed?.count })
        guard !lanes.isEmpty else {
            seen.outcome = .impossible(reason: "no vector is armed")
            return
        }
        var expected = TrafficExpectation(lanes: [])
        for lane in lanes {
            guard let (device, armed) = armed(lane.device, lane.vector, &seen) else { return }
            expected.lanes.append(expect(lane, of: plan, device, armed, &seen))
            if armed.masked.contains(lane.vector) {
                attached[lane.device]?.armed?.pending.insert(lane.vector)
            }
        }
        for disturbance in plan.meanwhile { disturb(by: disturbance, plan, &expected, &seen) }
        seen.traffic = expected
    }

    private func expect(
        _ lane: TrafficPlan.Lane, of plan: TrafficPlan, _ device: AttachedDevice,
        _ armed: ArmedVectors, _ seen: inout StepExpectation
    ) -> LaneExpectation {
        var expected = LaneExpectation(
            device: device.address, vector: lane.vector, raised: UInt64(plan.count))
        if armed.isDisturbed {
            // Where the message went is gone with the device's own reset.
            seen.outcome = .notPredicted(
                reason: "\(lane.device) was reset behind the kernel's back")
            return expected
        }
        if armed.masked.contains(lane.vector) || !device.isBusMaster {
            expected.arrivals = 0...0
            return expected
        }
        guard let reaches = reaches(device, armed, lane.vector) else {
            seen.faults = .oneOf([false, true], because: RingTarget.uncertainty)
            return expected
        }
        seen.fault(!reaches)
        expected.arrivals = reaches ? lane.arrivals(of: UInt64(plan.count)) : 0...0
        if reaches, lane.burst > 1 { expected.merge() }
        return expected
    }

    private mutating func disturb(
        by disturbance: Disturbance, _ plan: TrafficPlan, _ expected: inout TrafficExpectation,
        _ seen: inout StepExpectation
    ) {
        switch disturbance {
        case .steer(let device, let every):
            steer(device, at: every, plan, &expected)
            leaveMessages(of: device, &seen)
        case .mask(let device, _): leavePending(of: device, plan, &expected)
        case .rearm(let device, let every): rearm(device, at: every, plan, &expected, &seen)
        case .reset(let device, _):
            leaveMessages(of: device, &seen)
            seen.outcome = .notPredicted(reason: "whether \(device) can be reset is not known")
        case .storm(let container, let at, let size, _):
            storm(container, at, size, &expected, &seen)
        case .overflow(let device, let vector): expected.overflow(attached[device]?.address, vector)
        case .kill(let container): close(container, &seen)
        }
    }

    /// Before 6.5 an LPI that comes on one processor while its handler still runs on another is
    /// dropped: it has no active state (`irq_may_run`, kernel/irq/chip.c, 6.1;
    /// `IRQD_RESEND_WHEN_IN_PROGRESS`, 6.5).
    private func steer(
        _ name: DeviceName, at every: UInt32, _ plan: TrafficPlan,
        _ expected: inout TrafficExpectation
    ) {
        guard let address = attached[name]?.address,
            board.kernel < KernelVersion(major: 6, minor: 5), board.ringsLPIs(address)
        else { return }
        let moves = expected.raises(of: address) / UInt64(max(every, 1))
        expected.change(of: address) { lane in
            guard let arrivals = lane.arrivals, arrivals.upperBound > 0 else { return }
            lane.mayLose += moves
            lane.arrivals =
                (arrivals.lowerBound - min(moves, arrivals.lowerBound))...arrivals.upperBound
            lane.reason = "before 6.5 an LPI may be dropped while it moves to another processor"
        }
    }

    /// A mask that stood before the step falls in it, and what was raised under it is sent.
    private mutating func leavePending(
        of name: DeviceName, _ plan: TrafficPlan, _ expected: inout TrafficExpectation
    ) {
        guard let armed = attached[name]?.armed else { return }
        let lanes = plan.lanes(armed: [name: armed.count]).filter { $0.device == name }
        for lane in lanes where armed.masked.contains(lane.vector) {
            expected.forget(attached[name]?.address, lane.vector)
            attached[name]?.armed?.masked.remove(lane.vector)
            attached[name]?.armed?.pending.remove(lane.vector)
        }
    }

    /// What must be read of a device once the plan has ended.
    private func leaveMessages(of name: DeviceName, _ seen: inout StepExpectation) {
        guard let device = attached[name] else { return }
        seen.messages.removeAll { $0.device == device.address }
        seen.messages += device.armed?.messages ?? []
    }

    /// Arming again takes the same doorbell; only V12 gives it up between.
    ///
    /// The vectors are the lowest that are free, which others may have freed since.
    private mutating func rearm(
        _ name: DeviceName, at every: UInt32, _ plan: TrafficPlan,
        _ expected: inout TrafficExpectation, _ seen: inout StepExpectation
    ) {
        guard let device = attached[name], let armed = device.armed else { return }
        let rearmings = expected.raises(of: device.address) / UInt64(max(every, 1))
        expected.rearmings += rearmings
        guard design.doorbells != .given, !armed.isMoved, !isOpen(device) else {
            leaveMessages(of: name, &seen)
            seen.outcome = .notPredicted(
                reason: "what arming \(name) again and again maps is not followed")
            return
        }
        if rearmings > 0 { armAnew(name, armed, &seen) }
        leaveMessages(of: name, &seen)
        attached[name]?.armed?.masked = []
        attached[name]?.armed?.pending = []
    }

    /// Once stands for every time: what is freed is what is taken again.
    private mutating func armAnew(
        _ name: DeviceName, _ armed: ArmedVectors, _ seen: inout StepExpectation
    ) {
        var anew = StepExpectation(index: seen.index, step: seen.step)
        disconnect(name, &anew)
        arm(name, armed.kind, armed.count, &anew)
        seen.doorbellMaps += anew.doorbellMaps
        if anew.outcome != .succeeds { seen.outcome = anew.outcome }
    }

    /// Each map of a storm finds the container as the one before has left it.
    private func storm(
        _ container: ContainerName, _ at: Placement, _ size: Extent,
        _ expected: inout TrafficExpectation, _ seen: inout StepExpectation
    ) {
        var copy = self
        var one = StepExpectation(index: seen.index, step: seen.step)
        copy.map(container, at, size, &one)
        expected.storm =
            copy.lostTo.map { .notPredicted(reason: $0) } ?? one.outcome
        seen.log += one.log
    }
}

extension TrafficPlan.Lane {
    /// How many signals follow so many raises: one for each, or as few as one for each burst.
    fileprivate func arrivals(of count: UInt64) -> ClosedRange<UInt64> {
        let burst = UInt64(max(burst, 1))
        return (count + burst - 1) / burst...count
    }
}
