// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Scheduling
package import SecureShell
package import Vocabulary

/// The files of a board, one round trip each, through its agent.
package struct AgentFiles: BoardFiles {
    private let session: AgentSession
    /// How long one file may take.
    private let patience: Duration

    package init(_ session: AgentSession, patience: Duration = .seconds(20)) {
        self.session = session
        self.patience = patience
    }

    package func contents(of path: RemotePath, limit: ByteCount) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        while UInt64(bytes.count) <= limit.rawValue {
            let request = ReadFile(
                path: path.description, offset: UInt64(bytes.count), limit: .max)
            let piece = try await perform(request, path, "read")
            bytes += piece.bytes
            if piece.isComplete {
                if UInt64(bytes.count) <= limit.rawValue { return bytes }
                break
            }
        }
        throw BoardFileError(path: path, action: "read \(limit) at most of", errno: .overflow)
    }

    package func contents(ofAll paths: [RemotePath], limit: ByteCount) async throws -> [[UInt8]] {
        let requests = paths.map { ReadFile(path: $0.description, offset: 0, limit: .max) }
        let deadline = Deadline.after(patience, for: "\(paths.count) files of \(session.board)")
        let replies = try await session.performAll(requests, deadline: deadline)
        var all: [[UInt8]] = []
        for (path, reply) in zip(paths, replies) {
            let isWhole = reply.answer.map {
                $0.isComplete && UInt64($0.bytes.count) <= limit.rawValue
            }
            // One that did not come whole is read alone, which tells why, or reads on.
            if isWhole == true, let bytes = reply.answer?.bytes {
                all.append(bytes)
            } else {
                all.append(try await contents(of: path, limit: limit))
            }
        }
        return all
    }

    package func write(_ text: String, to path: RemotePath) async throws {
        let request = WriteFile(path: path.description, bytes: Array(text.utf8), creates: false)
        _ = try await perform(request, path, "write '\(text)' to")
    }

    package func create(_ path: RemotePath, holding text: String) async throws {
        let request = WriteFile(path: path.description, bytes: Array(text.utf8), creates: true)
        _ = try await perform(request, path, "create")
    }

    package func remove(_ path: RemotePath) async throws {
        _ = try await handle(path, .remove, "remove")
    }

    package func makeDirectory(_ path: RemotePath) async throws {
        do {
            // Nearly always it is there, or only the last component is missing.
            _ = try await handle(path, .makeDirectory, "make the directory")
        } catch let error as BoardFileError where error.errno == .exists {
            return
        } catch let error as BoardFileError where error.errno == .noEntry {
            try await makeEveryDirectory(above: path)
        }
    }

    private func makeEveryDirectory(above path: RemotePath) async throws {
        var above = RemotePath(path.description.hasPrefix("/") ? "/" : ".")
        for component in path.description.split(separator: "/") {
            above = above.appending(String(component))
            do {
                _ = try await handle(above, .makeDirectory, "make the directory")
            } catch let error as BoardFileError where error.errno == .exists {
                continue
            }
        }
    }

    package func entries(of path: RemotePath) async throws -> [String] {
        try await handle(path, .list, "list").names.map { String(decoding: $0, as: UTF8.self) }
            .sorted()
    }

    package func target(ofLink path: RemotePath) async throws -> String {
        let names = try await handle(path, .readLink, "read the link").names
        return String(decoding: names.first ?? [], as: UTF8.self)
    }

    /// Reads the whole ring buffer of the kernel's log.
    package func kernelLog() async throws -> String {
        let contents = try await perform(ReadKernelLog(), RemotePath("the kernel's log"), "read")
        return String(decoding: contents.bytes, as: UTF8.self)
    }

    private func handle(
        _ path: RemotePath, _ action: PathAction, _ verb: String
    ) async throws -> PathNames {
        try await perform(HandlePath(path: path.description, action: action), path, verb)
    }

    private func perform<Request: AgentRequest>(
        _ request: Request, _ path: RemotePath, _ action: String
    ) async throws -> Request.Answer {
        let deadline = Deadline.after(patience, for: "\(path) on \(session.board)")
        let reply = try await session.perform(request, deadline: deadline)
        guard let answer = reply.answer else {
            throw BoardFileError(path: path, action: action, errno: reply.errno)
        }
        return answer
    }
}
