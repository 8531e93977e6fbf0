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
            clock: BoardInstant(rawValue: board_now()), build: BuildHash.text,
            controller: controllerAddress)
    }

    /// The first word of what the SSH server tells of the connection.
    private var controllerAddress: String {
        guard let text = getenv("SSH_CONNECTION") else { return "" }
        var length = 0
        while text[length] != 0, text[length] != 0x20 { length += 1 }
        return String(
            decoding: (0..<length).map { UInt8(bitPattern: text[$0]) }, as: UTF8.self)
    }
}
