// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SecureShell
import Testing
import Vocabulary

extension LoopbackStories {
    @Suite("Streams that stay open")
    struct StreamTests {
        @Test(
            "a thousand requests are answered, one by one", arguments: LoopbackServer.Kind.allCases)
        func roundTrips(kind: LoopbackServer.Kind) async throws {
            try await withLoopback(kind) { connection in
                try await connection.withStream(RemoteCommand("cat"), deadline: soon) { stream in
                    for number in 0..<1000 {
                        let request = Array("request \(number)\n".utf8)
                        let answer = try await stream.exchange(request, deadline: soon)
                        #expect(answer == request)
                    }
                }
            }
        }

        @Test("commands go on beside an open stream that waits for an answer")
        func beside() async throws {
            try await withLoopback { connection in
                try await connection.withStream(RemoteCommand("cat"), deadline: soon) { stream in
                    async let answer = stream.read(deadline: soon)
                    for _ in 0..<5 {
                        try await connection.run(RemoteCommand("true"), deadline: soon).succeeded()
                    }
                    try await stream.write(Array("late".utf8), deadline: soon)
                    #expect(try await answer == Array("late".utf8))
                }
            }
        }

        @Test("after its input is closed a stream can be read to its end, then it has a status")
        func closing() async throws {
            try await withLoopback { connection in
                let command = RemoteCommand(script: "cat; echo bye >&2; exit 7")
                try await connection.withStream(command, deadline: soon) { stream in
                    try await stream.write(Array("hello".utf8), deadline: soon)
                    try await stream.closeInput(deadline: soon)
                    #expect(try await stream.readAll() == Array("hello".utf8))
                    #expect(try await stream.readError(deadline: soon) == Array("bye\n".utf8))
                    #expect(try await stream.readError(deadline: soon).isEmpty)
                    #expect(try await stream.status(deadline: soon) == .exited(7))
                }
            }
        }

        @Test("a reader that is slow holds the writer back and loses nothing")
        func backPressure() async throws {
            try await withLoopback { connection in
                let command = RemoteCommand("head", ["-c", "30000000", "/dev/zero"])
                try await connection.withStream(command, deadline: soon) { stream in
                    var count = try await stream.read(upTo: 10, deadline: soon).count
                    #expect(count == 10)
                    try await Task.sleep(for: .milliseconds(500))
                    count += try await stream.readAll().count
                    #expect(count == 30_000_000)
                }
            }
        }

        @Test("a stream whose command has ended takes no more, and says how it ended")
        func ended() async throws {
            try await withLoopback { connection in
                try await connection.withStream(
                    RemoteCommand(script: "exit 3"), deadline: soon
                ) { stream in
                    let status = try await stream.status(deadline: soon)
                    #expect(status == .exited(3))
                    let error = await #expect(throws: SSHError.self) {
                        try await stream.write([1], deadline: soon)
                    }
                    #expect(error?.description.contains("exited with 3") == true)
                    let left = try await stream.exchange([1], deadline: soon)
                    #expect(left.isEmpty)
                }
            }
        }

        @Test("a read that nobody answers ends at its deadline, and the stream lives")
        func deadline() async throws {
            try await withLoopback { connection in
                try await connection.withStream(RemoteCommand("cat"), deadline: soon) { stream in
                    await #expect(throws: SSHError.self) {
                        _ = try await stream.read(deadline: .after(.milliseconds(200), for: "it"))
                    }
                    let answer = try await stream.exchange([42], deadline: soon)
                    #expect(answer == [42])
                }
            }
        }

        @Test("closing a stream ends its command")
        func closeEndsCommand() async throws {
            try await withLoopback { connection in
                let process = try await connection.withStream(
                    RemoteCommand(script: "echo $$; exec sleep 71"), deadline: soon
                ) { stream in
                    String(decoding: try await stream.read(deadline: soon), as: UTF8.self)
                        .trimmingCharacters(in: .newlines)
                }
                struct StillAlive: Error {}
                try await retrying(until: soon, pause: .milliseconds(20)) {
                    let look = try await connection.run(
                        RemoteCommand("kill", ["-0", process]), deadline: soon)
                    if look.status == .exited(0) { throw StillAlive() }
                }
            }
        }
    }
}

extension RemoteStream {
    fileprivate func readAll() async throws -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let piece = try await read(deadline: soon)
            if piece.isEmpty { return bytes }
            bytes += piece
        }
    }
}
