// SPDX-License-Identifier: GPL-3.0-or-later

package import AgentProtocol
package import Scheduling
import SecureShell
import Vocabulary

extension LiveBoard {
    /// Starts a second process of the agent that runs already; `close` must follow.
    ///
    /// It is the same file, by the name under which the kernel keeps it for the first one.
    /// - Throws: `SSHError`, `AgentError`, `CancellationError`.
    package func startAnotherAgent(
        deadline: Deadline
    ) async throws -> (session: AgentSession, identity: AgentIdentity) {
        let command = RemoteCommand("/proc/\(agentIdentity.process)/exe")
        let stream = try await connection.openStream(command, deadline: deadline)
        return try await AgentSession.greeting(
            connection.target.name, over: SSHAgentTransport(stream), deadline: deadline)
    }
}
