// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SecureShell
import Synchronization
import SystemPackage
import Testing
import Vocabulary

extension LoopbackStories {
    @Suite("Files to and from a board")
    struct TransferTests {
        @Test(
            "a file goes up and comes down unchanged, with its mode",
            arguments: LoopbackServer.Kind.allCases)
        func roundTrip(kind: LoopbackServer.Kind) async throws {
            try await withLoopbackFolder(kind) { connection, folder in
                let bytes = (0..<2_000_000).map { UInt8(truncatingIfNeeded: $0 &* 13) }
                let path = RemotePath("\(folder)/it's an agent")
                let progress = Progress()
                let hash = try await connection.upload(
                    bytes, to: path, mode: 0o755, deadline: soon
                ) { progress.note($0) }
                #expect(hash == ContentHash(of: bytes))
                #expect(progress.last?.done == .bytes(2_000_000))
                #expect(progress.isRising)
                #expect(try await connection.download(path, deadline: soon) == bytes)
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 1)
                let mode = try FileManager.default.attributesOfItem(atPath: path.text)[
                    .posixPermissions]
                #expect(mode as? Int == 0o755)
            }
        }

        @Test("an empty file is a file")
        func empty() async throws {
            try await withLoopbackFolder { connection, folder in
                let path = RemotePath("\(folder)/empty")
                try await connection.upload([], to: path, deadline: soon)
                #expect(try await connection.download(path, deadline: soon).isEmpty)
            }
        }

        @Test("a board that has other bytes than we sent is found out, and nothing is left there")
        func hostileHash() async throws {
            try await LoopbackServer.run { server in
                let folder = "\(server.folder)/board"
                try await server.replaceHashTool(
                    by: "#!/bin/sh\necho \(String(repeating: "0", count: 64)) x\n")
                try FileManager.default.createDirectory(
                    atPath: folder, withIntermediateDirectories: true)
                try Data("old".utf8).write(to: URL(fileURLWithPath: "\(folder)/file"))
                try await SSHConnection.withConnection(to: server.target(), deadline: soon) {
                    let connection = $0
                    let error = await #expect(throws: SSHError.self) {
                        try await connection.upload(
                            [1, 2, 3], to: "\(folder)/file", deadline: soon)
                    }
                    guard case .hashMismatch = error?.cause else {
                        Issue.record("\(String(describing: error))")
                        return
                    }
                    await #expect(throws: SSHError.self) {
                        try await connection.download("\(folder)/file", deadline: soon)
                    }
                }
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["file"])
                #expect(try String(contentsOfFile: "\(folder)/file", encoding: .utf8) == "old")
            }
        }

        @Test("a hash tool that prints nonsense is an error that shows it")
        func nonsenseHash() async throws {
            try await LoopbackServer.run { server in
                try await server.replaceHashTool(by: "#!/bin/sh\necho nonsense\n")
                try await SSHConnection.withConnection(to: server.target(), deadline: soon) {
                    let connection = $0
                    let error = await #expect(throws: SSHError.self) {
                        try await connection.hash(of: "/etc/passwd", deadline: soon)
                    }
                    #expect(error?.description.contains("nonsense") == true)
                }
            }
        }

        @Test("a folder that does not exist, and a full device, are told in the board's own words")
        func cannotWrite() async throws {
            try await withLoopbackFolder { connection, folder in
                let missing = await #expect(throws: SSHError.self) {
                    try await connection.upload([1], to: "\(folder)/no/file", deadline: soon)
                }
                #expect(
                    missing?.description.contains("nonexistent") == true
                        || missing?.description.contains("No such file") == true)
                let absent = await #expect(throws: SSHError.self) {
                    try await connection.download("\(folder)/absent", deadline: soon)
                }
                #expect(absent?.description.contains("absent") == true)
            }
        }

        @Test("a local file that is missing is told by name")
        func missingLocalFile() async throws {
            try await withLoopbackFolder { connection, folder in
                let error = await #expect(throws: SSHError.self) {
                    try await connection.upload(
                        file: "/no/such/agent", to: "\(folder)/agent", deadline: soon)
                }
                #expect(error?.description.contains("/no/such/agent") == true)
            }
        }

        @Test("a file longer than the limit is not read to its end")
        func tooLong() async throws {
            try await withLoopbackFolder { connection, folder in
                let path = RemotePath("\(folder)/long")
                try Data(count: 2 << 20).write(to: URL(fileURLWithPath: path.text))
                let error = await #expect(throws: SSHError.self) {
                    try await connection.download(path, limit: .mebibytes(1), deadline: soon)
                }
                guard case .tooMuchOutput = error?.cause else {
                    Issue.record("\(String(describing: error))")
                    return
                }
            }
        }
    }
}

private func withLoopbackFolder(
    _ kind: LoopbackServer.Kind = .openSSH,
    _ body: @escaping @Sendable (SSHConnection, String) async throws -> Void
) async throws {
    try await LoopbackServer.run(kind) { server in
        let folder = "\(server.folder)/board"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try await SSHConnection.withConnection(to: server.target(), deadline: soon) {
            try await body($0, folder)
        }
    }
}

/// What the progress handler was told.
private final class Progress: Sendable {
    private let notes = Mutex<[TransferProgress]>([])

    var last: TransferProgress? { notes.withLock(\.last) }
    var isRising: Bool {
        notes.withLock { notes in zip(notes, notes.dropFirst()).allSatisfy { $0.done <= $1.done } }
    }

    func note(_ progress: TransferProgress) { notes.withLock { $0.append(progress) } }
}
