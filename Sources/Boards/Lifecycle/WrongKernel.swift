// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// A board that runs another kernel than the one that it was given, or did not boot it at all.
package struct WrongKernel: Blame, Hashable {
    package let board: BoardName
    package let expected: String
    package let found: String
    /// The bench's where a board booted something else; the kernel's where it cannot be told from
    /// another one.
    package let kind: FaultKind

    package init(board: BoardName, expected: String, found: String, kind: FaultKind = .bench) {
        self.kind = kind
        self.board = board
        self.expected = expected
        self.found = found
    }

    package var account: Account {
        Account(
            subject: "board \(board)", action: "prove which kernel it runs",
            cause: "it must show \(expected), and shows \(found)",
            remedy: "No verdict is given about a kernel that was not asked for.")
    }
}
