// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// A board that runs another kernel than the one that it was given, or did not boot it at all.
package struct WrongKernel: Blame, Hashable {
    package let board: BoardName
    package let expected: String
    package let found: String

    package init(board: BoardName, expected: String, found: String) {
        self.board = board
        self.expected = expected
        self.found = found
    }

    package var kind: FaultKind { .bench }

    package var account: Account {
        Account(
            subject: "board \(board)", action: "prove which kernel it runs",
            cause: "it must show \(expected), and shows \(found)",
            remedy: "No verdict is given about a kernel that was not asked for.")
    }
}
