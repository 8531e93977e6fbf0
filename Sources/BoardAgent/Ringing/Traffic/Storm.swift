// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import CBoard
import Vocabulary

/// A thread that maps and unmaps one range of a container, again and again.
final class Storm {
    private let storm: UnsafeMutablePointer<board_storm>
    private var overlaps: UInt32 = 0

    /// Starts it; the range is whole pages, as large as any map may be.
    init(_ request: TrafficStorm, in container: HeldContainer, length: Int) throws(Trouble) {
        guard
            let storm = board_storm_start(
                container.descriptor, request.iova.rawValue, request.size.rawValue, length,
                request.rounds)
        else { throw .kernel(.mmap, .outOfMemory) }
        self.storm = storm
    }

    deinit { board_storm_free(storm) }

    /// Makes a call, and notes whether one of the storm's ran at the same time.
    func watch(_ call: () -> Int) -> Int {
        let before = board_storm_begun(storm)
        let wasRunning = before != board_storm_ended(storm)
        let result = call()
        if wasRunning || board_storm_begun(storm) != before { overlaps += 1 }
        return result
    }

    /// Ends it behind its round, and gives its account; once only.
    func end() -> StormResult {
        board_storm_end(storm)
        return StormResult(
            rounds: storm.pointee.tried, maps: storm.pointee.maps, unmaps: storm.pointee.unmaps,
            errno: KernelErrno(rawValue: storm.pointee.error), overlaps: overlaps)
    }
}
