// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import Scheduling
import SystemPackage
import VirtualBoards
import Vocabulary

/// The smoke run's time beyond what the boards themselves need for it.
struct OverheadBench {
    private let bench: Bench
    private let deadline = Deadline.after(.seconds(1800), for: "the benchmark of a whole run")

    init(_ bench: Bench) { self.bench = bench }

    /// Records a run, then lets script and run take turns; the best of each counts.
    /// - Throws: what either side throws.
    func measure() async throws -> BenchFigure {
        try await bench.withFolder { folder in
            let run = SmokeRun(executable: bench.executable, folder: folder)
            // The caches are warm then for both.
            _ = try await run.measure()
            let scripts = try await scripts(recordings: folder)
            var (ours, floor) = (Duration.seconds(1 << 20), Duration.seconds(1 << 20))
            for _ in 0..<(bench.rounds ?? 3) {
                floor = min(floor, try await time(scripts))
                ours = min(ours, try await run.measure().took)
            }
            return BenchFigure(
                name: "overhead", unit: "s", ours: ours / .seconds(1), peer: floor / .seconds(1),
                peerName: "a shell script", rule: .difference(atMost: 1.5))
        }
    }

    private func scripts(recordings: FilePath) async throws -> [FloorScript] {
        var scripts: [FloorScript] = []
        for board in try await VirtualLab(bench.project).boards() {
            scripts.append(
                FloorScript(
                    spec: board.spec, image: board.image, agent: bench.project.agent,
                    requests: recordings.appending("\(board.plan.name).frames"),
                    deadline: deadline))
        }
        return scripts
    }

    private func time(_ scripts: [FloorScript]) async throws -> Duration {
        try await ContinuousClock().measure {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for script in scripts { group.addTask { try await script.run() } }
                try await group.waitForAll()
            }
        }
    }
}
