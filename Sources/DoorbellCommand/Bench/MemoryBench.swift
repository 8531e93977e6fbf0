// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// The controller's peak of resident memory while both boards run the smoke suite.
struct MemoryBench {
    private let bench: Bench

    init(_ bench: Bench) { self.bench = bench }

    func measure() async throws -> BenchFigure {
        let outcome = try await bench.withFolder { folder in
            try await SmokeRun(executable: bench.executable, folder: folder).measure()
        }
        return BenchFigure(
            name: "memory", unit: "MB", ours: Double(outcome.peak.rawValue) / 1e6, peer: nil,
            peerName: "", rule: .amount(atMost: 80))
    }
}
