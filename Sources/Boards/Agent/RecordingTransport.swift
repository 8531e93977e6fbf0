// SPDX-License-Identifier: GPL-3.0-or-later

package import Scheduling
package import SystemPackage

/// Passes everything on, and keeps in a file what the agent was sent.
///
/// Handles are numbers that the agent gives out in order, so that the same bytes make the agent of
/// another boot do the same again.
package struct RecordingTransport: AgentTransport {
    private let inner: any AgentTransport
    private let record: FileDescriptor

    /// Opens the file, anew.
    /// - Throws: `Errno`.
    package init(_ inner: any AgentTransport, into path: FilePath) throws {
        self.inner = inner
        record = try FileDescriptor.open(
            path, .writeOnly, options: [.create, .truncate, .append, .closeOnExec],
            permissions: [.ownerReadWrite])
    }

    package func exchange(_ bytes: [UInt8], deadline: Deadline) async throws -> [UInt8] {
        try record.writeAll(bytes)
        return try await inner.exchange(bytes, deadline: deadline)
    }

    package func read(deadline: Deadline) async throws -> [UInt8] {
        try await inner.read(deadline: deadline)
    }

    package func closeInput(deadline: Deadline) async throws {
        try await inner.closeInput(deadline: deadline)
    }

    package func lastWords() async -> AgentLastWords { await inner.lastWords() }

    package func close() async {
        await inner.close()
        // Every byte was written by then, and a failure would have been thrown there.
        try? record.close()
    }
}
