// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// The time for something was over before it happened.
///
/// Never the same thing as a cancellation.
package struct DeadlineExceeded: Blame {
    /// What was being waited for.
    package let purpose: String
    package let allowed: Duration
    package let kind: FaultKind
    /// What the last attempt, or the interrupted work, said before it ended; empty if nothing.
    package let lastWords: String

    package init(_ deadline: Deadline, lastWords: String = "") {
        purpose = deadline.purpose
        allowed = deadline.allowed
        kind = deadline.blames
        self.lastWords = lastWords
    }

    package var account: Account {
        let limit = "the limit of \(allowed.inSeconds) was reached"
        return Account(
            subject: "waiting", action: "see \(purpose)",
            cause: lastWords.isEmpty ? limit : "\(limit); the last answer was: \(lastWords)")
    }
}

extension Duration {
    /// The duration as people say it: `90 s`, `0.5 s`, `12 ms`.
    package var inSeconds: String {
        let milliseconds = self / .milliseconds(1)
        guard milliseconds >= 100 else { return "\(Int(milliseconds.rounded())) ms" }
        let tenths = (milliseconds / 100).rounded() / 10
        return tenths == tenths.rounded() ? "\(Int(tenths)) s" : "\(tenths) s"
    }
}
