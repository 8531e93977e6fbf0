// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// A point in time before which something must have happened, and what that something is.
///
/// Deadlines are handed down, never durations: each callee derives its own waits from what is left.
package struct Deadline: Sendable {
    package let instant: ContinuousClock.Instant
    /// What is being waited for, a noun phrase: "the first SSH command".
    package let purpose: String
    /// How long the wait was allowed to take when it began.
    package let allowed: Duration
    /// Whose fault it is when the time is over.
    package let blames: FaultKind

    /// Sets a deadline that long from now.
    package static func after(
        _ duration: Duration, for purpose: String, blames: FaultKind = .bench
    ) -> Deadline {
        Deadline(
            instant: .now.advanced(by: duration), purpose: purpose, allowed: duration,
            blames: blames)
    }

    /// What is left, never below zero.
    package var remaining: Duration { max(.zero, ContinuousClock.now.duration(to: instant)) }

    package var hasPassed: Bool { ContinuousClock.now >= instant }

    /// Throws when the time is over.
    package func check() throws(DeadlineExceeded) {
        if hasPassed { throw DeadlineExceeded(self) }
    }

    /// Names a part of the same wait, which may take that long and never longer than the whole.
    package func part(_ purpose: String, atMost duration: Duration? = nil) -> Deadline {
        let allowed = min(duration ?? remaining, remaining)
        return .after(allowed, for: purpose, blames: blames)
    }
}
