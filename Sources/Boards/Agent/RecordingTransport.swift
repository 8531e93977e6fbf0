// SPDX-License-Identifier: GPL-3.0-or-later

package import Scheduling
package import SystemPackage

/// Passes everything on, and keeps in two files what the agent was sent and what it answered.
///
/// Handles are numbers that the agent gives out in order, so that the same bytes make the agent of
/// another boot do the same again.
package struct RecordingTransport: AgentTransport {
    private let inner: any AgentTransport
    private let requests: FileDescriptor
    private let answers: FileDescriptor

    /// Opens the files, anew.
    /// - Throws: `Errno`.
    package init(_ inner: any AgentTransport, into recording: AgentRecording) throws {
        self.inner = inner
        requests = try Self.open(recording.requests)
        answers = try Self.open(recording.answers)
    }

    private static func open(_ path: FilePath) throws -> FileDescriptor {
        try FileDescriptor.open(
            path, .writeOnly, options: [.create, .truncate, .append, .closeOnExec],
            permissions: [.ownerReadWrite])
    }

    package func exchange(_ bytes: [UInt8], deadline: Deadline) async throws -> [UInt8] {
        try requests.writeAll(bytes)
        return try keep(try await inner.exchange(bytes, deadline: deadline))
    }

    package func read(deadline: Deadline) async throws -> [UInt8] {
        try keep(try await inner.read(deadline: deadline))
    }

    private func keep(_ bytes: [UInt8]) throws -> [UInt8] {
        try answers.writeAll(bytes)
        return bytes
    }

    package func closeInput(deadline: Deadline) async throws {
        try await inner.closeInput(deadline: deadline)
    }

    package func lastWords() async -> AgentLastWords { await inner.lastWords() }

    package func close() async {
        await inner.close()
        // Every byte was written by then, and a failure would have been thrown there.
        try? requests.close()
        try? answers.close()
    }
}

/// Where a conversation with an agent is kept.
package struct AgentRecording: Sendable, Hashable {
    /// Every byte that the agent was sent.
    package let requests: FilePath
    /// Every byte that it answered.
    package let answers: FilePath

    /// Takes two files in a folder, named after the board.
    package init(of board: String, in folder: FilePath) {
        requests = folder.appending("\(board).requests")
        answers = folder.appending("\(board).answers")
    }
}
