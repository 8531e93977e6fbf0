// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Boards
import Foundation
import Scheduling
import SecureShell
import SystemPackage
import Testing
import Vocabulary

/// The agent is put on a board over a real SSH server; here a script stands for the board's CPU and
/// hands the real agent to qemu-user.
@Suite struct AgentDeploymentTests {
    @Test func itIsUploadedOnceStartedAndGreeted() async throws {
        try await withDeployment { deployment in
            for _ in 1...2 {
                let (session, identity) = try await deployment.start(deadline: soon)
                #expect(identity.machine == "aarch64")
                await session.close(deadline: soon)
            }
            let path = try await deployment.install(deadline: soon).description
            let before = try inode(path)
            _ = try await deployment.install(deadline: soon)
            #expect(try inode(path) == before, "an agent that is there is used again")
        }
    }

    @Test func anAgentThatWasChangedOnTheBoardIsUploadedAgain() async throws {
        try await withDeployment { deployment in
            let path = try await deployment.install(deadline: soon).description
            try "#!/bin/sh\n".write(toFile: path, atomically: false, encoding: .utf8)
            _ = try await deployment.install(deadline: soon)
            let here = try Data(contentsOf: URL(fileURLWithPath: deployment.executable.string))
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == here)
        }
    }

    @Test func theFolderIsForItsOwnerAlone() async throws {
        try await withDeployment { deployment in
            _ = try await deployment.install(deadline: soon)
            let attributes = try FileManager.default.attributesOfItem(
                atPath: deployment.folder.description)
            #expect(attributes[.posixPermissions] as? Int == 0o700)
        }
    }

    @Test func aBoardThatGoesAwayIsTheBenchsFaultAndNamesTheRequest() async throws {
        try await withDeployment { deployment in
            let (session, _) = try await deployment.start(deadline: soon)
            let server = try await deployment.connection.run(
                RemoteCommand(script: "echo $PPID"), deadline: soon)
            let process = try #require(
                Int32(server.text.trimmingCharacters(in: .whitespacesAndNewlines)))
            kill(process, SIGKILL)
            await #expect {
                while true {
                    _ = try await session.perform(OpenContainer(), deadline: soon)
                }
            } throws: { error in
                guard let error = error as? AgentError, case .dropped = error.cause else {
                    return false
                }
                return error.kind == .bench && error.request == "openContainer"
            }
            await session.close(deadline: soon)
        }
    }

    @Test func anAgentThatDiesIsQuoted() async throws {
        let script = "#!/bin/sh\necho 'no such instruction' >&2\nexit 132\n"
        try await withDeployment(script: script) { deployment in
            await #expect {
                _ = try await deployment.start(deadline: soon)
            } throws: { error in
                "\(error)".contains("it exited with 132, saying: no such instruction")
            }
        }
    }

    private func withDeployment(
        script: String? = nil,
        _ body: @escaping @Sendable (AgentDeployment) async throws -> Void
    ) async throws {
        let agent = try await AgentBuild.path
        try await LoopbackServer.run { server in
            let executable = FilePath("\(server.folder)/agent.sh")
            let text = script ?? "#!/bin/sh\nexec /usr/bin/qemu-aarch64-static '\(agent)'\n"
            try text.write(toFile: executable.string, atomically: true, encoding: .utf8)
            try await SSHConnection.withConnection(to: server.target(), deadline: soon) {
                try await body(
                    AgentDeployment(
                        connection: $0, executable: executable,
                        folder: RemotePath("\(server.folder)/on board/doorbell")))
            }
        }
    }

    private func inode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
    }
}
