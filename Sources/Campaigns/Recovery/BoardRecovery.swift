// SPDX-License-Identifier: GPL-3.0-or-later

package import Boards
import Scheduling
import SecureShell
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

extension BoardRecovery {
    /// What dead kernels have left in the board's persistent store and no run has kept; it stays.
    /// - Throws: `UnenrolledBoard`, `SSHError`.
    package static func leftovers(
        of board: Board, in labFolder: FilePath
    ) async throws -> [PersistentFile] {
        guard case .ssh(let machine) = board.reach else { return [] }
        let target = try SSHTarget(machine, named: board.name, in: labFolder)
        let deadline = Deadline.after(
            board.timeouts.step, for: "board \(board.name) to show its persistent store")
        return try await SSHConnection.withConnection(to: target, deadline: deadline) {
            try await PersistentStore(over: $0).files(deadline: deadline).filter(\.isInStore)
        }
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
