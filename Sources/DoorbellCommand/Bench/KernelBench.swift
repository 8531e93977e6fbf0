// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Boards
import Campaigns
import Foundation
import KernelTree
import ReferenceModel
import Scheduling
import SystemPackage
import VirtualBoards
import Vocabulary

/// From one patched file to the verdict of the smoke suite on one board.
///
/// The peer does the least that this takes: make alone in the same tree for the same file, and a
/// shell script that boots the kernel and repeats what the run asked of the agent.
struct KernelBench {
    private let bench: Bench
    private let deadline = Deadline.after(.seconds(7200), for: "the benchmark of a kernel")

    init(_ bench: Bench) { self.bench = bench }

    /// Lets both take turns; the best of each counts.
    /// - Throws: what either side throws.
    func measure() async throws -> BenchFigure {
        try await bench.withFolder { folder in
            let base = try bench.project.recipe("small-6.1")
            var (ours, peer) = (Duration.seconds(1 << 20), Duration.seconds(1 << 20))
            for round in 0..<(bench.rounds ?? 2) {
                let place = folder.appending("round-\(round)")
                try FileManager.default.createDirectory(
                    atPath: place.string, withIntermediateDirectories: false)
                let sides = try await measure(base, in: place)
                Terminal.standardError.say(
                    "round \(round + 1): \(sides.ours), beside \(sides.make) and \(sides.floor)")
                ours = min(ours, sides.ours)
                peer = min(peer, sides.make + sides.floor)
            }
            return BenchFigure(
                name: "kernel", unit: "s", ours: ours / .seconds(1), peer: peer / .seconds(1),
                peerName: "make and a shell script", rule: .ratio(atMost: 1.5))
        }
    }

    /// One round: make brings the tree to its base and changes the file that the patch changes.
    private func measure(
        _ base: NamedRecipe, in folder: FilePath
    ) async throws -> (ours: Duration, make: Duration, floor: Duration) {
        let (mutant, variant) = try variant(of: base, in: folder)
        let forge = KernelForge(
            announce: { Terminal.standardError.say("doorbell: \($0)") }, progress: { _, _ in })
        guard let plain = base.order else { throw NothingToCompile(kernel: base.name) }
        let make = try await forge.remake(plain, changing: mutant.files[0])
        let choice = ["smoke", "--board", "virt-v2m", "--lab", "virtual"]
        let request = try RunChoice.parse(choice).request(in: bench.project)
        let order = request.boards[0]
        let changed = BoardOrder(
            board: order.board, labFolder: order.labFolder, kernel: variant)
        let ours = try await time(request, changed, in: folder)
        return (ours, make, try await floor(changed, recordings: folder))
    }

    /// A change without effect, in a patch that nobody has compiled yet.
    private func variant(
        of base: NamedRecipe, in folder: FilePath
    ) throws -> (Mutant, NamedRecipe) {
        let path = bench.project.mutants.appending("equivalent-list-order.patch")
        let source = try bench.project.source(path)
        let patch = folder.appending("bench.patch")
        try TextFile.write("Made at \(UUID().uuidString)\n" + source.text, to: patch)
        let mutant = try Mutant(source, at: patch)
        guard let recipe = base.mutated(by: mutant) else {
            throw NothingToCompile(kernel: base.name)
        }
        return (mutant, recipe)
    }

    /// Compiles, boots, runs and judges.
    private func time(
        _ request: RunRequest, _ order: BoardOrder, in folder: FilePath
    ) async throws -> Duration {
        let clock = ContinuousClock()
        let start = clock.now
        let run = try Run(
            RunRequest(
                lab: request.lab, boards: [order], suites: request.suites, overrides: .none,
                agent: request.agent, runs: folder, recordings: folder),
            watch: { _ in }, announce: { _ in })
        let command = ["doorbell", "bench", "kernel"]
        let outcome = try await run.perform(command: command)
        try run.seal(outcome, command: command, versions: Versions.all, reports: [:])
        let took = start.duration(to: clock.now)
        guard outcome.conclusion == .agrees else {
            throw UnequalRun(folder: "\(run.folder)", found: "\(outcome.conclusion)")
        }
        return took
    }

    /// The least that the board itself needs for the same.
    private func floor(_ order: BoardOrder, recordings: FilePath) async throws -> Duration {
        let kitchen = ImageKitchen { Terminal.standardError.say("doorbell: \($0)") }
        let (plan, _) = try await kitchen.plan(for: order)
        guard case .virtual(let spec, let image) = plan.access else { return .zero }
        let script = FloorScript(
            spec: spec, image: image, agent: bench.project.agent,
            recording: AgentRecording(of: "\(plan.name)", in: recordings), deadline: deadline)
        let clock = ContinuousClock()
        let start = clock.now
        let answers = try await script.run()
        let took = start.duration(to: clock.now)
        try script.check(answers)
        return took
    }
}

/// A run that was measured and did not agree: it measures something else.
struct UnequalRun: Blame, Hashable {
    let folder: String
    let found: String

    var kind: FaultKind { .harness }

    var account: Account {
        Account(
            subject: "the run in \(folder)", action: "be measured", cause: "it ended with \(found)",
            remedy: "Its verdicts tell what differs; a change without effect was made.")
    }
}
