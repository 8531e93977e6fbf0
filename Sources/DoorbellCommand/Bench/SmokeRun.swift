// SPDX-License-Identifier: GPL-3.0-or-later

import Scheduling
import SystemPackage
import Vocabulary

/// The whole smoke suite on the virtual lab, as a person runs it.
struct SmokeRun: Sendable {
    let executable: FilePath
    /// Gets the results and the measurements.
    let folder: FilePath

    /// What one run showed.
    struct Outcome: Sendable {
        let took: Duration
        let peak: ByteCount
    }

    /// Runs it once.
    /// - Throws: `ToolFailure` when a case does not agree: such a run measures something else.
    func measure() async throws -> Outcome {
        let clock = ContinuousClock()
        let start = clock.now
        try await Tool.run(
            executable.string,
            [
                "run", "smoke", "--lab", "virtual", "--results", folder.string, "--measurements",
                folder.string,
            ], deadline: .after(.seconds(600), for: "the smoke suite")
        ).succeeded()
        let took = start.duration(to: clock.now)
        guard let peak = PeakMemory.read(from: folder) else {
            throw Fault(
                kind: .harness,
                account: Account(
                    subject: "the run", action: "tell its peak memory",
                    cause: "it left no such measurement in \(folder)"))
        }
        return Outcome(took: took, peak: peak)
    }
}
