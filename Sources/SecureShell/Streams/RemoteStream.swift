// SPDX-License-Identifier: GPL-3.0-or-later

package import Scheduling

/// A command whose standard streams stay open: the agent, a console.
///
/// It is a channel of its connection, beside which commands and other streams go on. It ends with
/// `close`, or with its connection.
package struct RemoteStream: Sendable {
    struct Identity: Hashable, Sendable {
        let number: UInt64
    }

    package let connection: SSHConnection
    package let command: RemoteCommand
    let identity: Identity

    /// Writes all bytes, waiting where the command does not read.
    package func write(_ bytes: [UInt8], deadline: Deadline) async throws {
        try await connection.write(bytes, to: self, deadline)
    }

    /// Reads what is there, at least one byte and at most `limit`; nothing at all is the end.
    package func read(upTo limit: Int = 65536, deadline: Deadline) async throws -> [UInt8] {
        try await connection.read(.standard, of: self, upTo: limit, deadline)
    }

    /// Reads standard error in the same way.
    package func readError(upTo limit: Int = 65536, deadline: Deadline) async throws -> [UInt8] {
        try await connection.read(.error, of: self, upTo: limit, deadline)
    }

    /// Writes and then reads, in one visit to the connection's thread.
    ///
    /// A command that ended before it was asked is no error: what it left is read, then the end.
    package func exchange(
        _ bytes: [UInt8], upTo limit: Int = 65536, deadline: Deadline
    ) async throws -> [UInt8] {
        try await connection.exchange(bytes, with: self, upTo: limit, deadline)
    }

    /// Closes the command's standard input; reading goes on.
    package func closeInput(deadline: Deadline) async throws {
        try await connection.closeInput(of: self, deadline)
    }

    /// Waits for the command's end; what it wrote can be read before and after.
    package func status(deadline: Deadline) async throws -> RemoteStatus {
        try await connection.status(of: self, deadline)
    }

    /// Ends the stream at once; a command that still runs is asked to end.
    package func close() async { await connection.close(self) }
}

/// A stream as its connection keeps it.
struct OpenStream {
    let channel: Channel
    let command: RemoteCommand
    let start = ContinuousClock.now
}
