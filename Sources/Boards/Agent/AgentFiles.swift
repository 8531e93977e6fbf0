// SPDX-License-Identifier: GPL-3.0-or-later

package import AgentProtocol
import Scheduling
package import SecureShell
package import Vocabulary

/// The files of a board through its agent: one round trip for any number of errands.
package struct AgentFiles: BoardFiles {
    private let session: AgentSession
    /// How long one flight may take.
    private let patience: Duration

    package init(_ session: AgentSession, patience: Duration = .seconds(20)) {
        self.session = session
        self.patience = patience
    }

    package func contents(of path: RemotePath, limit: ByteCount) async throws -> [UInt8] {
        let errand = FileErrand.read(path, limit: limit)
        var bytes: [UInt8] = []
        while UInt64(bytes.count) <= limit.rawValue {
            var flight = AgentFlight()
            let ticket = flight.add(
                ReadFile(path: path.description, offset: UInt64(bytes.count), limit: .max))
            let piece = try errand.answer(of: await fly(flight, for: "\(path)").reply(to: ticket))
            bytes += piece.bytes
            if piece.isComplete {
                if UInt64(bytes.count) <= limit.rawValue { return bytes }
                break
            }
        }
        throw BoardFileError(path: path, action: "read \(limit) at most of", errno: .overflow)
    }

    package func write(_ text: String, to path: RemotePath) async throws {
        try await carryOut(.write(text, to: path)).succeeded()
    }

    package func create(_ path: RemotePath, holding text: String) async throws {
        try await carryOut(.create(path, holding: text)).succeeded()
    }

    package func remove(_ path: RemotePath) async throws {
        try await carryOut(.remove(path)).succeeded()
    }

    package func makeDirectory(_ path: RemotePath) async throws {
        try await carryOut(.makeDirectory(path)).succeeded()
    }

    package func entries(of path: RemotePath) async throws -> [String] {
        try await carryOut(.list(path)).names()
    }

    package func target(ofLink path: RemotePath) async throws -> String {
        try await carryOut(.readLink(path)).target()
    }

    /// Reads the whole ring buffer of the kernel's log.
    package func kernelLog() async throws -> String {
        var flight = AgentFlight()
        let ticket = flight.add(ReadKernelLog())
        return try kernelLog(ticket, in: await fly(flight, for: "the kernel's log"))
    }

    /// Gives the kernel's log that was read with other things.
    /// - Throws: `BoardFileError`; what kept the agent from reading it.
    package func kernelLog(
        _ ticket: AgentFlight.Ticket<ReadKernelLog>, in replies: AgentReplies
    ) throws -> String {
        let errand = FileErrand.read(RemotePath("the kernel's log"))
        let contents = try errand.answer(of: replies.reply(to: ticket))
        return String(decoding: contents.bytes, as: UTF8.self)
    }

    /// Asks the agent for everything in a flight; `purpose` is what is waited for, in the message
    /// when it takes too long.
    package func fly(_ flight: AgentFlight, for purpose: String) async -> AgentReplies {
        let deadline = Deadline.after(patience, for: "\(purpose) on \(session.board)")
        return await session.perform(flight, deadline: deadline)
    }
}
