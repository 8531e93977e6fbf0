// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import CBoard
import Vocabulary

extension Agent {
    /// Kills another agent, and awaits that the kernel has closed its files.
    func endProcess(_ request: EndProcess) throws(Trouble) -> Done {
        let process = Int32(bitPattern: request.process)
        guard process > 1, process != getpid(), board_is_agent(process) == 1 else {
            throw .refused(.wrongState(.notAnAgent))
        }
        let deadline = board_now() &+ 10_000_000_000
        // The call's record spans the dying: what the kernel takes down then belongs to it.
        _ = try log.make(.kill, UInt64(request.process)) {
            guard kill(process, SIGKILL) == 0 else { return -1 }
            while board_has_ended(process) == 0, board_now() < deadline { board_rest(1_000_000) }
            return 0
        }
        guard board_has_ended(process) == 1 else { throw .refused(.wrongState(.stillInUse)) }
        return Done()
    }
}
