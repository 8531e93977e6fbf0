// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Scheduling
import SecureShell
import Vocabulary

/// Asks a person whether a host key is the board's.
enum HostKeyQuestion {
    /// Shows what the board offers, and gives it back when the answer is yes.
    ///
    /// The question goes to standard error: standard output is for what the verb prints.
    static func ask(_ target: SSHTarget) async throws -> HostKeyPin {
        let offered = try await SSHConnection.fetchHostKey(
            of: target.name, host: target.host, port: target.port,
            deadline: .after(.seconds(20), for: "the host key of \(target.name)"))
        Terminal.standardError.say("offered: \(offered.pin)")
        guard Terminal.standardInput.isInteractive else {
            throw ValidationError(
                "there is nobody to ask; compare the fingerprint, and give --host-key "
                    + "\(offered.fingerprint)")
        }
        Terminal.standardError.write("Is this the board's key? [y/N] ")
        guard readLine() == "y" else { throw ExitStatus.usage }
        return offered.pin
    }
}
