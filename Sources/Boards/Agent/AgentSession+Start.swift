// SPDX-License-Identifier: GPL-3.0-or-later

package import AgentProtocol
package import Scheduling
import Vocabulary

extension AgentSession {
    /// Greets an agent and learns who it is.
    ///
    /// - Throws: `AgentError`, `otherVersion` with both versions when they differ.
    package static func greeting(
        _ board: String, over transport: any AgentTransport, deadline: Deadline
    ) async throws -> (session: AgentSession, identity: AgentIdentity) {
        let session = AgentSession(board: board, transport: transport)
        do {
            let reply = try await session.perform(Hello(), deadline: deadline)
            guard let identity = reply.answer else {
                throw AgentError(
                    board: board, request: "hello",
                    cause: .died(
                        AgentLastWords(
                            standardError: "",
                            ending: "the kernel refused it \(reply.decidedBy): \(reply.errno)")))
            }
            return (session, identity)
        } catch {
            await session.close(deadline: .after(.seconds(1), for: "the end of the agent"))
            throw error
        }
    }
}
