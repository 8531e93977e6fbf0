// SPDX-License-Identifier: GPL-3.0-or-later

package import SystemPackage
package import VirtualBoards
package import Vocabulary

/// A console whose log could not take all that the board said, most often for a full disk.
///
/// The board goes on meanwhile, and what was judged stands; but a run whose evidence has a hole says
/// so.
package struct IncompleteConsoleLog: Blame, Hashable {
    package let board: BoardName
    package let errno: Errno

    package var kind: FaultKind { .bench }

    package var account: Account {
        Account(
            subject: "the console log of board \(board)", action: "be written to its end",
            cause: errno.description,
            remedy: "Make room where the results go, and run again: lines of the console are lost.")
    }

    /// Looks whether a console's log has all that came.
    /// - Throws: `IncompleteConsoleLog`.
    package static func check(
        _ console: Console?, of board: BoardName
    ) throws(IncompleteConsoleLog) {
        if let errno = console?.logFailure {
            throw IncompleteConsoleLog(board: board, errno: errno)
        }
    }
}
