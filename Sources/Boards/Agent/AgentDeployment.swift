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
    /// Gets the bytes that the agent is sent; nothing keeps them when it is nil.
    package let recording: FilePath?

    package init(
        connection: SSHConnection, executable: FilePath,
        folder: RemotePath = RemotePath("/run/doorbell"), recording: FilePath? = nil
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
    package func install(deadline: Deadline) async throws -> RemotePath {
        let bytes = try local()
        let hash = ContentHash(of: bytes)
        let path = folder.appending("agent-\(hash)")
        try await makeFolder(deadline)
        if try await isThere(path, hash, deadline) { return path }
        try await connection.upload(bytes, to: path, mode: 0o700, deadline: deadline)
        return path
    }

    private func local() throws(AgentBuildMissing) -> [UInt8] {
        do {
            return [UInt8](try Data(contentsOf: URL(fileURLWithPath: executable.string)))
        } catch {
            throw AgentBuildMissing(path: executable, reason: error.localizedDescription)
        }
    }

    /// Refuses a folder that is somebody else's, or a link to elsewhere: what lies in it is run.
    private func makeFolder(_ deadline: Deadline) async throws {
        let script = #"mkdir -p -m 700 "$1" && [ -O "$1" ] && [ ! -L "$1" ] && chmod 700 "$1""#
        try await connection.run(
            RemoteCommand(script: script, [folder.description]), deadline: deadline
        ).succeeded()
    }

    private func isThere(
        _ path: RemotePath, _ hash: ContentHash, _ deadline: Deadline
    ) async throws -> Bool {
        let probe = RemoteCommand("test", ["-x", path.description])
        guard try await connection.run(probe, deadline: deadline).status == .exited(0) else {
            return false
        }
        return try await connection.hash(of: path, deadline: deadline) == hash
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
