// SPDX-License-Identifier: GPL-3.0-or-later

import BenchServices
import Foundation
import Scheduling
import SecureShell
import Testing
import Vocabulary

extension LoopbackStories {
    @Suite("What ends early")
    struct InterruptionTests {
        @Test("a cancelled command ends within half a second, and on the board too")
        func cancel() async throws {
            try await withLoopback { connection in
                let started = Collected()
                let task = Task {
                    try await connection.runStreaming(
                        RemoteCommand(script: "echo $$; exec sleep 64"), deadline: soon
                    ) { started.append($0) }
                }
                let process = try await started.line()
                let start = ContinuousClock.now
                task.cancel()
                await #expect(throws: CancellationError.self) { try await task.value }
                #expect(ContinuousClock.now - start < .milliseconds(500))
                try await expectDeath(of: process, over: connection)
            }
        }

        @Test("a deadline is noticed when it passes, and what was heard is kept")
        func deadline() async throws {
            try await withLoopback { connection in
                let start = ContinuousClock.now
                let error = await #expect(throws: SSHError.self) {
                    try await connection.run(
                        RemoteCommand(script: "echo half; echo $$ >&2; exec sleep 65"),
                        deadline: .after(.seconds(6), for: "the answer", blames: .kernel))
                }
                #expect(ContinuousClock.now - start < .seconds(8))
                #expect(error?.kind == .kernel)
                #expect(error?.heard.standardOutput == Array("half\n".utf8))
                let process = String(decoding: error?.heard.standardError ?? [], as: UTF8.self)
                try await expectDeath(
                    of: process.trimmingCharacters(in: .newlines), over: connection)
            }
        }

        @Test("a deadline of one command is noticed while another one waits longer")
        func shorterDeadline() async throws {
            try await withLoopback { connection in
                let long = Task {
                    try await connection.run(RemoteCommand("sleep", ["66"]), deadline: soon)
                }
                let start = ContinuousClock.now
                await #expect(throws: SSHError.self) {
                    try await connection.run(
                        RemoteCommand("sleep", ["67"]),
                        deadline: .after(.seconds(1), for: "the short one"))
                }
                #expect(ContinuousClock.now - start < .seconds(3))
                long.cancel()
                await #expect(throws: CancellationError.self) { try await long.value }
            }
        }

        @Test("a connection that drops in the middle of a command says what ran and for how long")
        func dropped() async throws {
            try await LoopbackServer.run { server in
                let connection = try await SSHConnection.connect(
                    to: server.target(), deadline: soon)
                // The command's grandparent is the server's process for this connection.
                let script = #"""
                    parent=$(awk '{print $4}' /proc/$PPID/stat)
                    echo before; until test -e "$1"; do sleep 0.01; done
                    kill -KILL $PPID; kill -KILL $parent
                    """#
                let seen = "\(server.folder)/seen"
                let pieces = Collected()
                let error = await #expect(throws: SSHError.self) {
                    try await connection.runStreaming(
                        RemoteCommand(script: script, [seen]), deadline: soon
                    ) { piece in
                        pieces.append(piece)
                        try Data().write(to: URL(fileURLWithPath: seen))
                    }
                }
                guard case .dropped(_, let after) = error?.cause else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(after < .seconds(20))
                #expect(pieces.text == "before\n")
                #expect(error?.description.contains("echo before") == true)
                let later = await #expect(throws: SSHError.self) {
                    try await connection.run(RemoteCommand("true"), deadline: soon)
                }
                guard case .dropped = later?.cause else {
                    Issue.record("\(String(describing: later))")
                    return
                }
                await connection.close()
            }
        }

        @Test("a closed connection says so, and closing twice is no error")
        func closed() async throws {
            try await LoopbackServer.run { server in
                let connection = try await SSHConnection.connect(
                    to: server.target(), deadline: soon)
                let running = Task {
                    try await connection.run(RemoteCommand("sleep", ["69"]), deadline: soon)
                }
                try await connection.run(RemoteCommand("true"), deadline: soon).succeeded()
                await connection.close()
                await connection.close()
                for call in [
                    running,
                    Task { try await connection.run(RemoteCommand("true"), deadline: soon) },
                ] {
                    let error = await #expect(throws: SSHError.self) { try await call.value }
                    guard case .closed = error?.cause else {
                        Issue.record("\(String(describing: error))")
                        continue
                    }
                }
            }
        }

        @Test("a server that has gone silent is noticed by the keep-alive")
        func silent() async throws {
            try await LoopbackServer.run { server in
                let connection = try await SSHConnection.connect(
                    to: server.target(), deadline: soon, keepAliveInterval: .milliseconds(500))
                // Stopped, not killed: the kernel keeps the connection, and nobody answers.
                let script = #"""
                    parent=$(awk '{print $4}' /proc/$PPID/stat)
                    kill -STOP $parent $PPID
                    while test -d "$1"; do sleep 0.05; done
                    kill -KILL $parent $PPID
                    """#
                let error = await #expect(throws: SSHError.self) {
                    try await connection.run(
                        RemoteCommand(script: script, [server.folder]), deadline: soon)
                }
                #expect(error?.description.contains("has not answered") == true)
                await connection.close()
            }
        }

        @Test("a quiet server that answers keep-alives is not taken for dead")
        func quiet() async throws {
            try await LoopbackServer.run { server in
                let connection = try await SSHConnection.connect(
                    to: server.target(), deadline: soon, keepAliveInterval: .milliseconds(300))
                let result = try await connection.run(RemoteCommand("sleep", ["2"]), deadline: soon)
                #expect(result.status == .exited(0))
                try await Task.sleep(for: .seconds(1))
                try await connection.run(RemoteCommand("true"), deadline: soon).succeeded()
                await connection.close()
            }
        }

        @Test("something that is no SSH server is unreachable when the deadline passes")
        func noSSH() async throws {
            try await withThrowingTaskGroup { group in
                let port = try FreePort.find()
                group.addTask {
                    _ = try? await Tool.run(
                        "socat", ["TCP-LISTEN:\(port),bind=127.0.0.1,fork", "SYSTEM:sleep 20"],
                        deadline: soon)
                }
                let start = ContinuousClock.now
                try await retrying(until: soon, pause: .milliseconds(50), while: Self.isRefusal) {
                    let error = await #expect(throws: SSHError.self) {
                        _ = try await SSHConnection.fetchHostKey(
                            of: "nobody", host: "127.0.0.1", port: port,
                            deadline: .after(.seconds(1), for: "an SSH server"))
                    }
                    if let error, Self.isRefusal(error) { throw error }
                    guard case .deadline = error?.cause else {
                        Issue.record("\(String(describing: error))")
                        return
                    }
                }
                #expect(ContinuousClock.now - start < .seconds(20))
                group.cancelAll()
            }
        }

        /// Whether the listener was not there yet.
        private static func isRefusal(_ error: any Error) -> Bool {
            guard let error = error as? SSHError, case .unreachable = error.cause else {
                return false
            }
            return true
        }

        private func expectDeath(of process: String, over connection: SSHConnection) async throws {
            struct StillAlive: Error {}
            try await retrying(until: soon, pause: .milliseconds(20)) {
                let look = try await connection.run(
                    RemoteCommand("kill", ["-0", process]), deadline: soon)
                if look.status == .exited(0) { throw StillAlive() }
            }
        }
    }
}

extension Collected {
    /// Awaits the first whole line.
    fileprivate func line() async throws -> String {
        struct NoLine: Error {}
        return try await retrying(until: soon, pause: .milliseconds(5)) {
            guard text.hasSuffix("\n") else { throw NoLine() }
            return String(text.dropLast())
        }
    }
}
