// SPDX-License-Identifier: GPL-3.0-or-later

package import AgentProtocol
import Foundation
package import Scheduling
package import SecureShell
package import SystemPackage
package import Vocabulary

/// Puts the agent's executable on a board and starts it there.
///
/// It lies in a folder of its own that only its owner may enter, under a name made of its hash, so
/// that another one is never taken for it; one that lies there whole is used again.
package struct AgentDeployment: Sendable {
    package let connection: SSHConnection
    /// The agent that was built here.
    package let executable: FilePath
    /// Where on the board; made when it is missing.
    package let folder: RemotePath
    /// Gets the conversation with the agent; nothing keeps it when it is nil.
    package let recording: AgentRecording?

    /// Where it is brought to unless somebody says otherwise; the notes of what a run changed on a
    /// board lie there too.
    package static let usualFolder = RemotePath("/run/doorbell")

    package init(
        connection: SSHConnection, executable: FilePath,
        folder: RemotePath = AgentDeployment.usualFolder, recording: AgentRecording? = nil
    ) {
        self.recording = recording
        self.connection = connection
        self.executable = executable
        self.folder = folder
    }

    /// Uploads the agent where it is missing, starts it and greets it; `close` must follow.
    ///
    /// - Throws: `AgentBuildMissing`, `SSHError`, `AgentError`, `CancellationError`.
    package func start(
        deadline: Deadline
    ) async throws -> (session: AgentSession, identity: AgentIdentity) {
        let path = try await install(deadline: deadline)
        let stream = try await connection.openStream(
            RemoteCommand(path.description), deadline: deadline)
        return try await AgentSession.greeting(
            connection.target.name, over: try transport(stream), deadline: deadline)
    }

    private func transport(_ stream: RemoteStream) throws -> any AgentTransport {
        let transport = SSHAgentTransport(stream)
        guard let recording else { return transport }
        return try RecordingTransport(transport, into: recording)
    }

    /// Sees to it that the board has the agent, byte for byte; gives where.
    /// - Throws: `AgentBuildMissing`, `SSHError`, `CancellationError`.
    package func install(deadline: Deadline) async throws -> RemotePath {
        try await connection.install(
            try local(), in: folder, named: "agent", deadline: deadline)
    }

    private func local() throws(AgentBuildMissing) -> [UInt8] {
        do {
            return [UInt8](try Data(contentsOf: URL(fileURLWithPath: executable.string)))
        } catch {
            throw AgentBuildMissing(path: executable, reason: error.localizedDescription)
        }
    }
}

/// The agent's executable is not where it was built.
package struct AgentBuildMissing: Blame {
    package let path: FilePath
    package let reason: String

    package init(path: FilePath, reason: String) {
        self.path = path
        self.reason = reason
    }

    package var kind: FaultKind { .bench }

    package var account: Account {
        Account(
            subject: "the agent's executable \(path)", action: "be read", cause: reason,
            remedy: "Build it with Sources/BoardAgent/build \(path)")
    }
}
