// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import UnixSignals

/// Two ways to stop, as people expect of Ctrl-C.
enum Interruption {
    /// Runs a body that the first SIGINT or SIGTERM cancels; the second one ends the process.
    ///
    /// A cancelled run gives devices back, switches boards off and writes its archive. When the
    /// process ends at once, the guardians of virtual boards end those.
    static func interruptible<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        let work = Task { try await body() }
        let listener = Task {
            var isStopping = false
            for await _ in signals {
                if isStopping { _exit(ExitStatus.interrupted.rawValue) }
                isStopping = true
                Terminal.standardError.say(
                    "\ndoorbell: stopping: devices are given back, boards switched off; "
                        + "once more ends at once")
                work.cancel()
            }
        }
        defer { listener.cancel() }
        return try await work.value
    }
}
