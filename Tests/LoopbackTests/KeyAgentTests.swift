// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SecureShell
import SystemPackage
import Testing

extension LoopbackStories {
    @Suite("A key that an agent holds")
    struct KeyAgentTests {
        @Test("opens a board, also when its file is gone", arguments: LoopbackServer.Kind.allCases)
        func opens(kind: LoopbackServer.Kind) async throws {
            try await withKeyAgent(kind, holdingKey: true) { target in
                try await SSHConnection.withConnection(to: target, deadline: soon) { connection in
                    let result = try await connection.run(
                        RemoteCommand("echo", ["in"]), deadline: soon)
                    #expect(result.text == "in\n")
                }
            }
        }

        @Test("is wanted: an agent with no keys opens nothing, and the sentence says so")
        func empty() async throws {
            try await withKeyAgent(.openSSH, holdingKey: false) { target in
                let error = await #expect(throws: SSHError.self) {
                    try await SSHConnection.withConnection(to: target, deadline: soon) { _ in }
                }
                guard case .notAuthenticated = error?.cause else {
                    Issue.record("\(String(describing: error))")
                    return
                }
            }
        }

        /// Runs a server and an ssh-agent, whose socket is the process's own for as long.
        private func withKeyAgent(
            _ kind: LoopbackServer.Kind, holdingKey: Bool,
            _ body: @escaping @Sendable (SSHTarget) async throws -> Void
        ) async throws {
            try await LoopbackServer.run(kind) { server in
                let socket = "\(server.folder)/agent.socket"
                let before = ProcessInfo.processInfo.environment["SSH_AUTH_SOCK"]
                let agent = Process()
                agent.executableURL = URL(filePath: "/usr/bin/ssh-agent")
                agent.arguments = ["-D", "-a", socket]
                // One that kept our outputs open would keep whoever reads them waiting.
                agent.standardOutput = FileHandle.nullDevice
                agent.standardError = FileHandle.nullDevice
                agent.standardInput = FileHandle.nullDevice
                try agent.run()
                defer {
                    // It inherits a blocked SIGTERM from the thread that started it.
                    kill(agent.processIdentifier, SIGKILL)
                    agent.waitUntilExit()
                    if let before {
                        setenv("SSH_AUTH_SOCK", before, 1)
                    } else {
                        unsetenv("SSH_AUTH_SOCK")
                    }
                }
                try await retrying(until: soon, pause: .milliseconds(10)) {
                    guard FileManager.default.fileExists(atPath: socket) else { throw NotYet() }
                }
                setenv("SSH_AUTH_SOCK", socket, 1)
                if holdingKey {
                    _ = try await Tool.run("ssh-add", [server.clientKey.string], deadline: soon)
                        .succeeded()
                    try FileManager.default.removeItem(atPath: server.clientKey.string)
                }
                var target = server.target()
                target.authentication = .agent
                try await body(target)
            }
        }

        private struct NotYet: Error {}
    }
}
