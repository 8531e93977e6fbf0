// SPDX-License-Identifier: GPL-3.0-or-later

import VirtualBoards
package import Vocabulary

/// A kernel that panicked while we worked on it.
package struct KernelDeath: Blame, Hashable {
    package let board: BoardName
    /// The line of the console that says so.
    package let line: String

    package init(board: BoardName, line: String) {
        self.board = board
        self.line = line
    }

    static let mark = "Kernel panic - not syncing"

    package var kind: FaultKind { .kernel }

    package var account: Account {
        Account(
            subject: "the kernel of board \(board)", action: "stay alive", cause: line,
            remedy: "The console log in the archive has what came before.")
    }

    /// Gives the panic in place of an error that it brought about, such as a dropped connection.
    static func blamed(
        for error: any Error, on board: BoardName, _ console: Console?
    ) -> any Error {
        guard !(error is CancellationError), let line = console?.panic else { return error }
        return KernelDeath(board: board, line: line.text)
    }
}

extension LiveBoard {
    /// Gives what an error comes from: a kernel that panicked took the connection along.
    package func cause(of error: any Error) -> any Error {
        KernelDeath.blamed(for: error, on: name, console)
    }
}
