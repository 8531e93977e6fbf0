// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// A snapshot that was not used, or not kept: the board boots as it would without one.
package enum SnapshotLoss: Blame, Hashable {
    /// It is there, but no board can go on from it.
    case unusable(board: String, reason: String)
    /// The board has booted, but nothing of it was kept.
    case notKept(board: String, reason: String)

    package var kind: FaultKind { .bench }

    package var account: Account {
        switch self {
        case .unusable(let board, let reason):
            Account(
                subject: "board \(board)", action: "go on from its snapshot", cause: reason,
                remedy: "It is thrown away, and the board boots.")
        case .notKept(let board, let reason):
            Account(
                subject: "board \(board)", action: "be kept as a snapshot", cause: reason,
                remedy: "This run is as good without; the next one tries again.")
        }
    }
}
