// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import CBoard
import Stimuli
import Vocabulary

/// Carries out a plan: turn by turn, until every vector was raised as often as was asked.
final class TrafficLoop {
    let agent: Agent
    let request: RunTraffic
    let lanes: [RingingLane]
    /// How often each device was raised, in the order of the plan's deeds.
    var raises: [UInt64]
    var moves: UInt32 = 0
    var refusedMoves: UInt32 = 0
    var rearmings: UInt32 = 0
    var resets: UInt32 = 0
    private(set) var isStopped = false
    private var random: SplitMix
    /// The lane that rang last.
    private var last = -1
    private var turns: UInt32 = 0
    /// How long nobody looks for the end, in nanoseconds.
    static let slice: UInt64 = 100_000_000

    init(_ agent: Agent, _ request: RunTraffic, _ lanes: [RingingLane]) {
        self.agent = agent
        self.request = request
        self.lanes = lanes
        raises = [UInt64](repeating: 0, count: request.deeds.count)
        random = SplitMix(seed: request.seed)
    }

    /// Rings until all is done, or somebody asks for the end.
    func run() throws(Trouble) {
        while !isStopped, let next = nextLanes() {
            guard !next.isEmpty else {
                pauseUntilDue()
                continue
            }
            try turn(next)
            turns &+= 1
            // Seldom enough to cost nothing, often enough to end in a moment.
            if turns % 64 == 0 { lookForTheEnd(for: 0) }
        }
        collectLate()
    }

    /// Those that ring in the next turn; none where none is due, nothing where all is done.
    private func nextLanes() -> [RingingLane]? {
        let now = board_now()
        var open = false
        var due: [RingingLane] = []
        for step in 1...lanes.count {
            let place = (last + step) % lanes.count
            guard lanes[place].tally.raised < UInt64(request.count) else { continue }
            open = true
            guard lanes[place].due <= now else { continue }
            due.append(lanes[place])
            guard request.order == .turns else { continue }
            last = place
            return due
        }
        guard open else { return nil }
        guard request.order == .random, due.count > 1 else { return due }
        return [due[Int(random.next() % UInt64(due.count))]]
    }

    private func turn(_ ringing: [RingingLane]) throws(Trouble) {
        var open: [RingingLane] = []
        for lane in ringing {
            let burst = lane.nextBurst(of: request.count)
            if lane.isMasked(burst) {
                try ringMasked(lane, burst)
            } else {
                lane.raise(burst)
                open.append(lane)
            }
        }
        awaitAnswers(of: open)
        for lane in open { lane.finish() }
        for lane in ringing { try follow(lane, lane.lastBurst) }
    }

    /// Raises under the mask, and takes the mask away: one signal comes then, and none before.
    private func ringMasked(_ lane: RingingLane, _ burst: UInt64) throws(Trouble) {
        try agent.mask(lane, true)
        lane.raise(burst)
        board_rest(2_000_000)
        lane.finishMasking()
        try agent.mask(lane, false)
        awaitAnswers(of: [lane])
        lane.finish()
    }

    private func pauseUntilDue() {
        var earliest = UInt64.max
        for lane in lanes where lane.tally.raised < UInt64(request.count) {
            earliest = min(earliest, lane.due)
        }
        let now = board_now()
        guard earliest > now else { return }
        rest(earliest - now)
    }

    /// Lets time pass; a long time ends when the end is asked for.
    func rest(_ time: UInt64) {
        guard time >= 1_000_000 else { return board_rest(Int(time)) }
        lookForTheEnd(for: Int32(clamping: min(time, Self.slice) / 1_000_000))
        guard time > Self.slice, !isStopped else { return }
        rest(time - Self.slice)
    }

    /// An order to end, or a controller that is gone.
    func lookForTheEnd(for milliseconds: Int32) {
        var ends = [
            pollfd(fd: agent.endSignals, events: Int16(POLLIN), revents: 0),
            pollfd(fd: 0, events: board_pollrdhup(), revents: 0),
        ]
        isStopped = isStopped || poll(&ends, UInt(ends.count), milliseconds) > 0
    }

    /// Takes signals that come after the last turn: nothing that a device sends is left uncounted.
    private func collectLate() {
        var quiet: UInt64 = 5_000_000
        for lane in lanes {
            quiet = max(quiet, lane.stimulus.rest.rawValue)
            if lane.tally.lost > 0 { quiet = max(quiet, request.timeout.rawValue) }
        }
        rest(quiet)
        for lane in lanes { lane.collectLate() }
    }
}
