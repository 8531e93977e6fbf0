// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Scheduling
import SecureShell
import VirtualBoards
package import Vocabulary

/// A kernel that is not there any more, although nobody saw it die.
package struct KernelAbsence: Blame, Hashable {
    package let board: BoardName
    package let sign: Sign

    /// What tells so.
    package enum Sign: Sendable, Hashable {
        /// Another boot answers: the board has rebooted by itself.
        case rebooted(release: String)
        /// Neither SSH nor the console says anything, for so long.
        case silent(String)
    }

    package var kind: FaultKind { .kernel }

    package var account: Account {
        let cause =
            switch sign {
            case .rebooted(let release):
                "the board has rebooted by itself without a word, and runs \(release)"
            case .silent(let words):
                "it hangs: the board does not answer over SSH, and its console is silent (\(words))"
            }
        return Account(
            subject: "the kernel of board \(board)", action: "stay alive", cause: cause,
            remedy: "Its console log, where it has a console, has what came before.")
    }
}

extension LiveBoard {
    /// Gives what an error comes from, after asking the board anew where nobody saw a kernel die.
    ///
    /// Only a kernel that was booted for this stay is suspected: any other had no reason to change.
    package func diagnosis(of error: any Error) async -> any Error {
        let known = cause(of: error)
        guard let arrival, !(known is KernelDeath), (known as? any Blame)?.kind == .bench,
            !(known is CancellationError)
        else { return known }
        let deadline = Deadline.after(budgets.connect, for: "board \(name) to answer anew")
        do {
            let now = try await SSHConnection.withConnection(
                to: connection.target, deadline: deadline
            ) { try await BoardIdentity.read(over: $0, deadline: deadline) }
            guard now.bootID != arrival.seen.bootID else { return known }
            return KernelAbsence(board: name, sign: .rebooted(release: now.release))
        } catch {
            // The console may have had its say meanwhile.
            if let death = console?.death { return KernelDeath(board: name, trouble: death) }
            guard let silence = console?.silence() else { return known }
            return KernelAbsence(board: name, sign: .silent(silence.text))
        }
    }
}
