// SPDX-License-Identifier: GPL-3.0-or-later
import Vocabulary

/// CLOCK_MONOTONIC of the simulated board, which only goes on when something happens.
///
/// It moves in whole microseconds, so that trace text loses nothing of it.
struct KernelClock {
    private(set) var nanoseconds: UInt64 = 7_000_000_000

    var now: BoardInstant { BoardInstant(rawValue: nanoseconds) }

    mutating func pass(microseconds: UInt64) { nanoseconds += microseconds * 1000 }

    /// Seconds and microseconds as trace and log print them, the seconds padded to `width`.
    func text(width: Int) -> String {
        let seconds = String(nanoseconds / 1_000_000_000)
        let fraction = String(nanoseconds / 1000 % 1_000_000)
        return String(repeating: " ", count: max(0, width - seconds.utf8.count)) + seconds + "."
            + String(repeating: "0", count: 6 - fraction.utf8.count) + fraction
    }
}
