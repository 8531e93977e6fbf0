// SPDX-License-Identifier: GPL-3.0-or-later

package import Scheduling
package import SecureShell
import Vocabulary

/// An agent at the other end of an SSH channel.
package struct SSHAgentTransport: AgentTransport {
    private let stream: RemoteStream

    package init(_ stream: RemoteStream) { self.stream = stream }

    package func exchange(_ bytes: [UInt8], deadline: Deadline) async throws -> [UInt8] {
        try await translated { try await stream.exchange(bytes, deadline: deadline) }
    }

    package func read(deadline: Deadline) async throws -> [UInt8] {
        try await translated { try await stream.read(deadline: deadline) }
    }

    package func closeInput(deadline: Deadline) async throws {
        try await translated { try await stream.closeInput(deadline: deadline) }
    }

    package func lastWords() async -> AgentLastWords {
        let deadline = Deadline.after(.seconds(1), for: "the agent's last words")
        var words: [UInt8] = []
        var ending = ""
        do {
            ending = try await stream.status(deadline: deadline).description
            while words.count < 1 << 16 {
                let more = try await stream.readError(deadline: deadline)
                if more.isEmpty { break }
                words += more
            }
        } catch {
            // The words that did come are what there is; why there are no more is told elsewhere.
        }
        return AgentLastWords(
            standardError: String(decoding: words, as: UTF8.self), ending: ending)
    }

    package func close() async { await stream.close() }

    private func translated<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as SSHError {
            switch error.cause {
            case .deadline(let exceeded): throw AgentTransportError.deadline(exceeded)
            default: throw AgentTransportError.dropped(error.fault)
            }
        }
    }
}
