// SPDX-License-Identifier: GPL-3.0-or-later

package import Scheduling
package import Vocabulary

/// The standard streams of a running agent, however they are carried.
package protocol AgentTransport: Sendable {
    /// Writes all bytes, then reads what has come: at least one byte, or nothing at the end.
    /// - Throws: `AgentTransportError`; `CancellationError`.
    func exchange(_ bytes: [UInt8], deadline: Deadline) async throws -> [UInt8]

    /// Reads what has come: at least one byte, or nothing at the end.
    /// - Throws: `AgentTransportError`; `CancellationError`.
    func read(deadline: Deadline) async throws -> [UInt8]

    /// Closes the agent's standard input, which asks it to release everything and end.
    func closeInput(deadline: Deadline) async throws

    /// Gives what the agent wrote to standard error, and how it ended where that is known.
    ///
    /// Asked for after something went wrong, so it must not wait for long and cannot fail.
    func lastWords() async -> AgentLastWords

    /// Ends the agent, if it still runs, and lets the streams go.
    func close() async
}

/// What an agent left behind.
package struct AgentLastWords: Sendable, Hashable {
    /// Standard error, as much as was kept.
    package var standardError: String
    /// The end of a sentence: "it exited with 65"; empty when the agent may still run.
    package var ending: String

    package init(standardError: String, ending: String) {
        self.standardError = standardError
        self.ending = ending
    }
}

/// Why bytes did not come through.
///
/// That the agent ended is not among it: reading shows the end.
package enum AgentTransportError: Error {
    /// The time was over; the streams are as they were.
    case deadline(DeadlineExceeded)
    /// Whatever carries the streams is gone.
    case dropped(Fault)
}
