// SPDX-License-Identifier: GPL-3.0-or-later

import Scheduling
import SecureShell
import Synchronization
import Testing

/// What is tested against real SSH servers on this machine.
///
/// One story at a time: each has servers of its own, and some have their eye on the clock.
@Suite("Loopback", .serialized)
enum LoopbackStories {}

/// A deadline that no healthy loopback reaches.
var soon: Deadline { .after(.seconds(60), for: "the loopback") }

/// Gives the body a connection to a server of its own.
func withLoopback(
    _ kind: LoopbackServer.Kind = .openSSH, options: [String] = [],
    _ body: @escaping @Sendable (SSHConnection) async throws -> Void
) async throws {
    try await LoopbackServer.run(kind, options: options) { server in
        try await SSHConnection.withConnection(to: server.target(), deadline: soon) {
            try await body($0)
        }
    }
}

/// What a handler was given.
final class Collected: Sendable {
    private let pieces = Mutex<[OutputPiece]>([])

    var count: Int { pieces.withLock { $0.count } }
    var text: String { String(decoding: pieces.withLock { $0.flatMap(\.bytes) }, as: UTF8.self) }

    func append(_ piece: OutputPiece) { pieces.withLock { $0.append(piece) } }
}
