// SPDX-License-Identifier: GPL-3.0-or-later

package import Evidence
import VirtualBoards
package import Vocabulary

/// A kernel that died while we worked on it: it panicked, or the board began anew without a word.
package struct KernelDeath: Blame, Hashable {
    package let board: BoardName
    /// What tells of it: the console, or the board's persistent store.
    package let trouble: KernelTrouble
    /// Where in the archive that stands, for messages.
    package let witness: String

    package init(board: BoardName, trouble: KernelTrouble, witness: String = "The console log") {
        self.board = board
        self.trouble = trouble
        self.witness = witness
    }

    package var kind: FaultKind { .kernel }

    package var account: Account {
        Account(
            subject: "the kernel of board \(board)", action: "stay alive",
            cause: trouble.kind == .panic ? trouble.text : "\(trouble.title): \(trouble.text)",
            remedy: "\(witness) in the archive has what came before.")
    }

    /// Gives the death in place of an error that it brought about, such as a dropped connection.
    static func blamed(
        for error: any Error, on board: BoardName, _ console: Console?
    ) -> any Error {
        guard !(error is CancellationError), let death = console?.death else { return error }
        return KernelDeath(board: board, trouble: death)
    }
}

extension LiveBoard {
    /// Gives what an error comes from: a kernel that died took the connection along.
    package func cause(of error: any Error) -> any Error {
        KernelDeath.blamed(for: error, on: name, console)
    }
}
