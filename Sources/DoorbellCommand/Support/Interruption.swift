// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import Foundation
import UnixSignals

/// Two ways to stop, as people expect of Ctrl-C.
enum Interruption {
    /// Whether `git bisect run` reads the status; known even where the arguments are wrong.
    static let isBisecting = CommandLine.arguments.contains("--bisect-exit")

    /// The status of a process that ends because somebody wants it to.
    private static var status: Int32 {
        isBisecting ? BisectStatus.stop.rawValue : ExitStatus.interrupted.rawValue
    }

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
                if isStopping { _exit(status) }
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
