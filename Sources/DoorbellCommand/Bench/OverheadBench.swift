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
                    recording: AgentRecording(of: "\(board.plan.name)", in: recordings),
                    deadline: deadline))
        }
        return scripts
    }

    /// Runs the scripts at once; whether they did what the run did is looked at behind the clock.
    private func time(_ scripts: [FloorScript]) async throws -> Duration {
        let clock = ContinuousClock()
        let start = clock.now
        let answers = try await withThrowingTaskGroup(of: (Int, [UInt8]).self) { group in
            for (place, script) in scripts.enumerated() {
                group.addTask { (place, try await script.run()) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let took = start.duration(to: clock.now)
        for (place, bytes) in answers { try scripts[place].check(bytes) }
        return took
    }
}
