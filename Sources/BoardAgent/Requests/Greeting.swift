// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import CBoard
import Vocabulary

extension Agent {
    func hello(_ request: Hello) throws(Trouble) -> AgentIdentity {
        var name = utsname()
        _ = try log.make(.uname) { Int(uname(&name)) }
        return AgentIdentity(
            process: UInt32(getpid()),
            kernelRelease: String(cString: board_release(&name)),
            machine: String(cString: board_machine(&name)),
            pageSize: .bytes(UInt64(getpagesize())),
            clock: BoardInstant(rawValue: board_now()), build: BuildHash.text)
    }
}
