// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import CBoard
import Stimuli
import Vocabulary

/// A device has at most 2048 vectors, and a case some devices.
private let mostLanes = 4096

extension Agent {
    func traffic(_ request: RunTraffic) throws(Trouble) -> TrafficResult {
        guard !request.lanes.isEmpty, request.count > 0 else {
            throw .refused(.beyondLimit(number: 0, limit: UInt64(mostLanes)))
        }
        guard request.lanes.count <= mostLanes else {
            throw .refused(
                .beyondLimit(number: UInt64(request.lanes.count), limit: UInt64(mostLanes)))
        }
        let errors = board_bus_errors()
        let lanes = try lanes(of: request)
        let loop = TrafficLoop(self, request, lanes)
        let began = board_now()
        let storm = try ring(loop)
        // A device went away while it rang: its registers did not answer.
        guard board_bus_errors() == errors else { throw .refused(.deviceSilent(register: 0)) }
        for lane in lanes where lane.tally.lost > 0 {
            try checkItAnswers(lane.held, lane.stimulus)
        }
        if request.goesOn { carryOn = { loop.goOn() } }
        var results: [LaneResult] = []
        for lane in lanes { results.append(lane.result) }
        return TrafficResult(
            lanes: results, storm: storm, moves: loop.moves, refusedMoves: loop.refusedMoves,
            rearmings: loop.rearmings, resets: loop.resets, began: BoardInstant(rawValue: began),
            ended: BoardInstant(rawValue: board_now()))
    }

    /// Rings beside the storm, which ends with the ringing, however that ends.
    private func ring(_ loop: TrafficLoop) throws(Trouble) -> StormResult? {
        guard let request = loop.request.storm else {
            try loop.run()
            return nil
        }
        let storm = try Storm(
            request, in: container(request.container), length: wholePages(request.size))
        self.storm = storm
        defer { self.storm = nil }
        do throws(Trouble) {
            try loop.run()
        } catch {
            _ = storm.end()
            throw error
        }
        return storm.end()
    }

    private func lanes(of request: RunTraffic) throws(Trouble) -> [RingingLane] {
        var lanes: [RingingLane] = []
        for wanted in request.lanes {
            let held = try device(wanted.device)
            let vectors = try armed(held, wanted.vector)
            if !lanes.contains(where: { $0.held === held }) { try grantBusMaster(held) }
            vectors.drain(Int(wanted.vector.rawValue))
            var ringing: [VectorIndex] = []
            for lane in request.lanes where lane.device == wanted.device {
                ringing.append(lane.vector)
            }
            let lane = RingingLane(
                wanted, held,
                try stimulus(of: held, wanted.vector, among: ringing, wanted.way))
            for deed in request.deeds where deed.device == wanted.device && deed.kind == .mask {
                lane.maskEvery = UInt64(deed.every)
            }
            lanes.append(lane)
        }
        for lane in lanes where lane.request.isFilled { lane.fill() }
        return lanes
    }

    /// Sets or clears the mask of a lane; how the registers are reached is no evidence.
    func mask(_ lane: RingingLane, _ isMasked: Bool) throws(Trouble) {
        let calls = log
        _ = try setMask(lane.held, try armed(lane.held, lane.request.vector), lane.index, isMasked)
        log = calls
    }
}

extension TrafficLoop {
    /// Rings on with nobody to count, until this process is killed or asked to end; ten seconds at
    /// most.
    func goOn() {
        let deadline = board_now() &+ 10_000_000_000
        while board_now() < deadline, !isStopped {
            var gap: UInt64 = 1_000
            for lane in lanes {
                lane.raise(1)
                lane.answer(at: board_now())
                lane.finish()
                gap = max(gap, lane.stimulus.gap.rawValue)
            }
            rest(gap)
            lookForTheEnd(for: 0)
        }
    }
}
