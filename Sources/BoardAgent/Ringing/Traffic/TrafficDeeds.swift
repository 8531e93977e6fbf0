// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import CBoard
import Vocabulary

extension TrafficLoop {
    /// Does to the lane's device what is due behind some raises of it.
    func follow(_ lane: RingingLane, _ burst: UInt64) throws(Trouble) {
        for (place, deed) in request.deeds.enumerated()
        where deed.device == lane.request.device && deed.kind != .mask {
            let earlier = raises[place]
            raises[place] += burst
            let every = UInt64(max(deed.every, 1))
            guard raises[place] / every > earlier / every else { continue }
            switch deed.kind {
            case .steer: steer(lane.held)
            case .rearm: try rearm(lane.held)
            case .reset: try reset(lane.held)
            case .mask: break
            }
        }
    }

    /// Moves the interrupts of a device's lanes to the next processor that is online.
    private func steer(_ held: HeldDevice) {
        let processors = UInt32(max(1, board_processors()))
        for lane in lanes where lane.held === held && lane.request.interrupt > 0 {
            lane.processor += 1
            let taken = board_move_interrupt(
                lane.request.interrupt, lane.processor % processors)
            if taken == 1 { moves += 1 } else { refusedMoves += 1 }
        }
    }

    /// Disarms and arms a device; its interrupts are new ones then.
    private func rearm(_ held: HeldDevice) throws(Trouble) {
        guard let vectors = held.armed.last else { return }
        let (kind, count) = (vectors.kind, UInt32(vectors.count))
        quieten(held)
        _ = try agent.disable(DisableInterrupts(device: held.handle, interrupt: kind))
        let enabled = try agent.enable(
            EnableInterrupts(device: held.handle, interrupt: kind, count: count))
        guard enabled.possible == nil else { throw .refused(.wrongState(.notArmed)) }
        rearmings += 1
        for lane in lanes where lane.held === held { lane.rearmed() }
        try renewStimuli(of: held)
    }

    /// Resets a device through VFIO; that it cannot be reset is the kernel's answer, and no end.
    private func reset(_ held: HeldDevice) throws(Trouble) {
        quieten(held)
        do throws(Trouble) {
            _ = try agent.resetDevice(ResetDevice(device: held.handle))
            resets += 1
        } catch .kernel {
            return
        }
        try renewStimuli(of: held)
    }

    /// A reset takes what was set up in the device, and arming gives an NVMe other queues.
    private func renewStimuli(of held: HeldDevice) throws(Trouble) {
        try agent.grantBusMaster(held)
        let ringing = lanes.vectors(of: held)
        for lane in lanes where lane.held === held {
            lane.stimulus = try agent.stimulus(
                of: held, lane.request.vector, among: ringing, lane.request.way)
        }
    }

    /// Lets a device rest, so that nothing of its own is under way when its vectors go.
    private func quieten(_ held: HeldDevice) {
        var time: UInt64 = 0
        for lane in lanes where lane.held === held { time = max(time, lane.stimulus.rest.rawValue) }
        rest(time)
        for lane in lanes where lane.held === held { lane.collectLate() }
    }
}

extension RingingLane {
    /// How many raises the next turn has.
    func nextBurst(of count: UInt32) -> UInt64 {
        lastBurst = min(UInt64(max(request.burst, 1)), UInt64(count) - tally.raised)
        return lastBurst
    }

    /// Whether the next raises are made under the mask.
    func isMasked(_ burst: UInt64) -> Bool {
        maskEvery > 0 && (tally.raised + burst) / maskEvery > tally.raised / maskEvery
    }
}

extension [RingingLane] {
    /// The vectors of a device that ring.
    func vectors(of held: HeldDevice) -> [VectorIndex] {
        var found: [VectorIndex] = []
        for lane in self where lane.held === held { found.append(lane.request.vector) }
        return found
    }
}
