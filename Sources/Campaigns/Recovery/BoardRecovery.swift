// SPDX-License-Identifier: GPL-3.0-or-later

package import Boards
package import SystemPackage
import VirtualBoards
package import Vocabulary

/// Brings a board back to its known-good kernel by hand, and lets runs use it again.
package enum BoardRecovery {
    /// Brings it back, with a power cycle where it does not answer.
    /// - Returns: what it says of itself.
    /// - Throws: `NotRecovered`, `NothingToRecover`, `UnenrolledBoard`, `UnreadableMark`.
    package static func run(
        _ board: Board, in labFolder: FilePath, runs: FilePath
    ) async throws -> BoardIdentity {
        guard case .ssh(let machine) = board.reach, let boot = machine.boot else {
            throw NothingToRecover(board: board.name)
        }
        let memory = try MarkedBoard(at: BoardMark.path(of: machine, in: runs))
        let errand = BootErrand(
            method: boot.bootMethod(in: labFolder), kernel: nil, knownGood: boot.knownGood,
            memory: memory)
        let remote = try RemoteBoard(machine, named: board.name, in: labFolder)
        let way = BoardReturn(
            of: board.name, remote, errand, home: memory.home,
            budgets: BoardBudgets(board.timeouts))
        let identity = try await way.run()
        try memory.returned()
        return identity
    }
}

/// A board whose kernel is never changed.
package struct NothingToRecover: Blame, Hashable {
    package let board: BoardName

    package var kind: FaultKind { .suite }

    package var account: Account {
        Account(
            subject: "board \(board)", action: "be recovered",
            cause: "its lab entry has no 'boot': no run ever takes it from its kernel")
    }
}
