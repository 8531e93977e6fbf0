// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SecureShell
import Testing
import Vocabulary

extension LoopbackStories {
    @Suite("Commands over a real SSH server")
    struct CommandTests {
        @Test("each exit status arrives as itself", arguments: LoopbackServer.Kind.allCases)
        func exitCodes(kind: LoopbackServer.Kind) async throws {
            try await withLoopback(kind) { connection in
                for code: Int32 in [0, 1, 2, 125, 126, 127, 255] {
                    let result = try await connection.run(
                        RemoteCommand(script: "exit \(code)"), deadline: soon)
                    #expect(result.status == .exited(code))
                }
            }
        }

        @Test("a signal arrives as a signal", arguments: LoopbackServer.Kind.allCases)
        func signals(kind: LoopbackServer.Kind) async throws {
            try await withLoopback(kind) { connection in
                for signal in ["TERM", "KILL", "SEGV"] {
                    let result = try await connection.run(
                        RemoteCommand(script: "kill -\(signal) $$"), deadline: soon)
                    #expect(result.status == .killed(by: signal))
                }
            }
        }

        @Test("standard output and standard error stay apart")
        func outputs() async throws {
            try await withLoopback { connection in
                let result = try await connection.run(
                    RemoteCommand(script: "echo out; echo err >&2"), deadline: soon)
                #expect(result.standardOutput == Array("out\n".utf8))
                #expect(result.standardError == Array("err\n".utf8))
            }
        }

        @Test("asked to succeed, a command that failed tells its last words")
        func succeeded() async throws {
            try await withLoopback { connection in
                let result = try await connection.run(
                    RemoteCommand("ls", ["/no such folder"]), deadline: soon)
                let error = #expect(throws: SSHError.self) { try result.succeeded() }
                #expect(error?.kind == .bench)
                #expect(
                    error?.description.hasPrefix(
                        "the loopback could not run `ls '/no such folder'`: it exited with 2, saying: "
                    )
                        == true)
            }
        }

        @Test("100 MB of output arrive whole")
        func muchOutput() async throws {
            try await withLoopback { connection in
                let result = try await connection.run(
                    RemoteCommand("head", ["-c", "100000000", "/dev/zero"]),
                    outputLimit: .mebibytes(128), deadline: soon)
                #expect(result.standardOutput.count == 100_000_000)
                #expect(result.standardOutput.allSatisfy { $0 == 0 })
            }
        }

        @Test(
            "output beyond its limit is an error that keeps what fitted, and the connection lives")
        func tooMuchOutput() async throws {
            try await withLoopback { connection in
                let error = await #expect(throws: SSHError.self) {
                    try await connection.run(
                        RemoteCommand("head", ["-c", "100000000", "/dev/zero"]),
                        outputLimit: .mebibytes(1), deadline: soon)
                }
                #expect(error?.heard.standardOutput.count == 1 << 20)
                guard case .tooMuchOutput = error?.cause else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                let after = try await connection.run(RemoteCommand("true"), deadline: soon)
                #expect(after.status == .exited(0))
            }
        }

        @Test("50 MB of input come back whole", arguments: LoopbackServer.Kind.allCases)
        func muchInput(kind: LoopbackServer.Kind) async throws {
            try await withLoopback(kind) { connection in
                let input = [UInt8](unsafeUninitializedCapacity: 50_000_000) { buffer, count in
                    for index in buffer.indices {
                        buffer[index] = UInt8(truncatingIfNeeded: index &* 7)
                    }
                    count = 50_000_000
                }
                let result = try await connection.run(
                    RemoteCommand("cat"), input: input, outputLimit: .mebibytes(64), deadline: soon)
                #expect(result.standardOutput == input)
            }
        }

        @Test("a command that does not read its input is no error")
        func unreadInput() async throws {
            try await withLoopback { connection in
                let result = try await connection.run(
                    RemoteCommand("true"), input: [UInt8](repeating: 1, count: 10_000_000),
                    deadline: soon)
                #expect(result.status == .exited(0))
            }
        }

        @Test("nasty arguments arrive as they were given", arguments: LoopbackServer.Kind.allCases)
        func quoting(kind: LoopbackServer.Kind) async throws {
            let nasty = [
                "", " ", "a b", "'", "''", "\"", "\\", "$HOME", "`id`", "$(id)", "*", "?", "~", "#",
                "a\nb", "\t", ";", "&&", "|", ">", "-n", "--", "!", "é", "日本", "\u{1}",
                "e\u{301}'\u{301}",
            ]
            try await withLoopback(kind) { connection in
                let result = try await connection.run(
                    RemoteCommand("printf", ["%s\\0"] + nasty), deadline: soon)
                let words = result.standardOutput.split(
                    separator: 0, omittingEmptySubsequences: false
                ).dropLast()
                #expect(words.map(Array.init) == nasty.map { Array($0.utf8) })
            }
        }

        @Test("the environment arrives, and nothing in it is a command")
        func environment() async throws {
            try await withLoopback { connection in
                let result = try await connection.run(
                    RemoteCommand(
                        "printenv", ["GREETING"], environment: ["GREETING": "$(id); 'x'"]),
                    deadline: soon)
                #expect(result.text == "$(id); 'x'\n")
            }
        }

        @Test("output is handed over while the command runs")
        func streaming() async throws {
            try await LoopbackServer.run { server in
                try await SSHConnection.withConnection(to: server.target(), deadline: soon) {
                    let seen = "\(server.folder)/seen"
                    let pieces = Collected()
                    // The command ends only when somebody has seen its first line.
                    let command = RemoteCommand(
                        script: #"echo 1; until test -e "$1"; do sleep 0.01; done; echo 2 >&2"#,
                        [seen])
                    let status = try await $0.runStreaming(command, deadline: soon) { piece in
                        pieces.append(piece)
                        try Data().write(to: URL(fileURLWithPath: seen))
                    }
                    #expect(status == .exited(0))
                    #expect(pieces.text == "1\n2\n")
                }
            }
        }

        @Test("commands that wait for each other share one connection")
        func parallel() async throws {
            try await withLoopback(options: ["MaxSessions 50"]) { connection in
                let made = try await connection.run(RemoteCommand("mktemp", ["-d"]), deadline: soon)
                let folder = made.text.trimmingCharacters(in: .newlines)
                try await withThrowingTaskGroup(of: String.self) { group in
                    for number in 0..<10 {
                        let reading = RemoteCommand(
                            script: #"mkfifo "$1/$2" && cat "$1/$2""#, [folder, "\(number)"])
                        let writing = RemoteCommand(
                            script:
                                #"until test -p "$1/$2"; do sleep 0.01; done; echo $2 > "$1/$2""#,
                            [folder, "\(number)"])
                        for command in [reading, writing] {
                            group.addTask { try await connection.run(command, deadline: soon).text }
                        }
                    }
                    let answers = try await group.reduce(into: "") { $0 += $1 }
                    #expect(answers.split(separator: "\n").sorted() == (0..<10).map { "\($0)" })
                }
                try await connection.run(RemoteCommand("rm", ["-r", folder]), deadline: soon)
                    .succeeded()
            }
        }
    }
}
