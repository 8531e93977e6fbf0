// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import CBoard
import Vocabulary

extension TrafficLoop {
    /// Waits until each of the lanes has an answer to its last raise.
    func awaitAnswers(of ringing: [RingingLane]) {
        let deadline = board_now() &+ patience(ringing)
        var open = ringing
        while !open.isEmpty, !isStopped {
            let now = board_now()
            let left = deadline > now ? deadline - now : 0
            look(at: open, for: left)
            open = open.unanswered
            if left == 0 { break }
        }
        // Merged raises may yet come as signals of their own: they are awaited until none does.
        var following = ringing.following
        while !following.isEmpty, look(at: following, for: 1_000_000) > 0 {
            following = following.following
        }
    }

    /// A vector that is silent is hardly awaited any more: else a plan would take hours.
    private func patience(_ ringing: [RingingLane]) -> UInt64 {
        for lane in ringing where !lane.isSilent { return request.timeout.rawValue }
        return min(request.timeout.rawValue, 1_000_000)
    }

    /// Polls for a while, and reads what is there.
    @discardableResult
    private func look(at lanes: [RingingLane], for time: UInt64) -> Int {
        var waits: [pollfd] = []
        for lane in lanes {
            waits.append(pollfd(fd: lane.descriptor, events: lane.events, revents: 0))
        }
        let slice = lanes.pollSlice(min(time, Self.slice))
        let ready = Int(poll(&waits, UInt(waits.count), Int32(slice)))
        let now = board_now()
        for (index, wait) in waits.enumerated() where wait.revents != 0 {
            lanes[index].answer(at: now)
        }
        if ready <= 0, time > Self.slice { lookForTheEnd(for: 0) }
        return ready
    }
}

extension [RingingLane] {
    /// Those whose last raise has no answer.
    fileprivate var unanswered: [RingingLane] { filter { !$0.isAnswered } }
    /// Those whose burst has fewer signals than raises.
    fileprivate var following: [RingingLane] { filter { $0.mayFollow } }

    /// How long one poll lasts, in milliseconds, rounded up: an overflow wakes nobody before 6.2.
    fileprivate func pollSlice(_ time: UInt64) -> UInt64 {
        for lane in self where lane.events == 0 { return 1 }
        return time / 1_000_000 + (time % 1_000_000 == 0 ? 0 : 1)
    }
}
