// SPDX-License-Identifier: GPL-3.0-or-later

package import Scheduling
package import SecureShell
import Vocabulary

extension BoardIdentity {
    /// Asks a board that has no agent of ours.
    /// - Throws: `SSHError`.
    package static func read(
        over connection: SSHConnection, deadline: Deadline
    ) async throws -> BoardIdentity {
        let script = """
            cat /proc/sys/kernel/random/boot_id && uname -r && cat /proc/version
            """
        let text = try await connection.run(RemoteCommand(script: script), deadline: deadline)
            .succeeded().text
        let lines = text.split(whereSeparator: \.isNewline).map(String.init)
        let notes = try await connection.run(
            RemoteCommand("cat", ["/sys/kernel/notes"]), deadline: deadline)
        guard lines.count >= 3 else {
            throw Fault(
                kind: .bench,
                account: Account(
                    subject: connection.target.name, action: "tell which kernel it runs",
                    cause: "it printed '\(text.prefix(200))'",
                    remedy: "Look for something on the board that prints when a user logs in."))
        }
        return BoardIdentity(
            bootID: lines[0], release: lines[1], banner: lines[2],
            buildID: ELFNotes.buildID(notes.standardOutput))
    }

    /// Whether another boot of the same kernel said this.
    package func isSameKernel(as other: BoardIdentity) -> Bool {
        (release, banner, buildID) == (other.release, other.banner, other.buildID)
    }
}
