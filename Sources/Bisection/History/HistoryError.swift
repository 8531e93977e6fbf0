// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Why nothing can be searched between two revisions.
package enum HistoryError: Blame, Hashable {
    /// The good end and the bad end are one revision.
    case sameEnds(Revision)
    case unknown(Revision)
    case repeated(Revision)
    /// The good end is not among the ancestors of the bad one.
    case notAnAncestor(good: Revision, bad: Revision)
    /// A revision is its own ancestor.
    case circular(Revision)
    /// More revisions than a graph of them can be held.
    case tooMany(count: Int, limit: Int)

    package var kind: FaultKind { .suite }

    package var account: Account {
        switch self {
        case .sameEnds(let revision):
            Account(
                subject: "a bisection", action: "begin",
                cause: "both ends are \(revision)", remedy: "Name a good and a bad revision.")
        case .unknown(let revision):
            Account(
                subject: "a bisection", action: "begin", cause: "the history has no \(revision)")
        case .repeated(let revision):
            Account(
                subject: "a bisection", action: "begin",
                cause: "the history has \(revision) twice", remedy: "Name each once.")
        case .notAnAncestor(let good, let bad):
            Account(
                subject: "a bisection", action: "begin",
                cause: "\(good), which is good, is not an ancestor of \(bad), which is bad",
                remedy: "Where the good one is newer, exchange them and look for what repaired it; "
                    + "else begin at their merge base.")
        case .circular(let revision):
            Account(
                subject: "a bisection", action: "begin",
                cause: "\(revision) is its own ancestor")
        case .tooMany(let count, let limit):
            Account(
                subject: "a bisection", action: "begin",
                cause: "\(count) revisions with merges lie between the ends, more than \(limit)",
                remedy: "Follow first parents only, or name nearer ends.")
        }
    }
}
