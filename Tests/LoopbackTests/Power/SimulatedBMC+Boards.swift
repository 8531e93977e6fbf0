// SPDX-License-Identifier: GPL-3.0-or-later

import BenchServices
import Boards
import SystemPackage
import Testing
import Vocabulary

/// How doorbell itself reaches the BMC.
extension SimulatedBMC {
    /// The right way to it.
    var access: IPMIAccess { access() }
    func power() throws -> PowerSwitch {
        PowerSwitch(board: try Self.board, driver: IPMIPower(access))
    }

    static var board: BoardName { get throws { try #require(BoardName("loopback")) } }

    func access(user: String = user, password: String = "password") -> IPMIAccess {
        IPMIAccess(
            host: "127.0.0.1", port: port, user: user,
            passwordFile: SecretFile(folder.appending(password)), cipherSuite: Self.cipherSuite)
    }
}
