// SPDX-License-Identifier: GPL-3.0-or-later

import Bisection
import Campaigns
import Foundation
import KernelTree
import Scheduling
import SystemPackage
import VirtualBoards
import Vocabulary

/// A mutant among 64 commits to a kernel, found on two boards, beside `git bisect run` on one.
///
/// Both sides compile each commit in a tree that was built at the good end, look at both ends first,
/// and judge by the same suite; the boards' firmware is slow, or as quick as QEMU's.
struct RegressionBench {
    private let bench: Bench
    private let deadline = Deadline.after(.seconds(4 * 3600), for: "the benchmark of a regression")

    private static let candidates = 64
    private static let culprit = 41
    private static let boards = ["slow-a", "slow-b"]

    init(_ bench: Bench) { self.bench = bench }

    /// Lets both sides search, on slow boards and on quick ones.
    /// - Throws: what either side throws; `WrongCulprit`.
    func measure() async throws -> [BenchFigure] {
        let quick = try await measure(wait: .zero, "regression, no firmware", limit: 1)
        return quick
            + (try await measure(wait: .seconds(60), "regression, slow firmware", limit: 0.65))
    }

    private func measure(
        wait: Duration, _ name: String, limit: Double
    ) async throws -> [BenchFigure] {
        try await bench.withFolder { folder in
            let base = try bench.project.recipe("small-6.1")
            let history = try await history(of: base)
            let tree = try await warm(base, history)
            let words = try self.words(wait: wait, in: folder)
            let clone = folder.appending("linux")
            try await BenchGit(history.repository, deadline: deadline)
                .clone(to: clone, at: history.good, files: tree)
            let race = GitRace(
                history: history, executable: bench.executable, words: words,
                board: Self.boards[0], clone: clone, folder: folder, deadline: deadline)
            let ours = try await search(history, base, words, in: folder)
            let theirs = try await race.run()
            Terminal.standardError.say(
                "\(name): \(ours), git \(theirs.whole), without its looks at both ends "
                    + "\(theirs.search)")
            return [
                BenchFigure(
                    name: name, unit: "s", ours: ours / .seconds(1),
                    peer: theirs.whole / .seconds(1), peerName: "git bisect run",
                    rule: .ratio(atMost: limit))
            ]
        }
    }

    private func history(of base: NamedRecipe) async throws -> KernelHistory {
        guard let order = base.order, let source = try await forge.places(of: order).source else {
            throw NothingToCompile(kernel: base.name)
        }
        let path = bench.project.mutants.appending("window-of-64-kilobytes.patch")
        let mutant = try Mutant(try bench.project.source(path), at: path)
        return try await KernelHistory.make(
            of: source, in: BoardCache().kernels.appending("bench"), mutant: mutant,
            candidates: Self.candidates, culprit: Self.culprit, deadline: deadline)
    }

    /// Builds the good end where ours will build the others; gives that tree.
    private func warm(_ base: NamedRecipe, _ history: KernelHistory) async throws -> FilePath {
        let kernels = try CommitKernels(
            base, in: history.repository, good: history.good, bad: history.bad,
            firstParents: false)
        let recipe = kernels.recipe(of: Revision(history.good))
        guard let order = recipe.order else { throw NothingToCompile(kernel: base.name) }
        _ = try await forge.build(order)
        return try await forge.places(of: order).tree
    }

    private var forge: KernelForge {
        KernelForge(
            announce: { Terminal.standardError.say("doorbell: \($0)") }, progress: { _, _ in })
    }

    /// What both sides run on a board: the smoke suite in a lab of two boards that are alike.
    private func words(wait: Duration, in folder: FilePath) throws -> [String] {
        let firmware = wait > .zero ? "\n    firmware-wait: \(wait.components.seconds)s" : ""
        let boards = Self.boards.map { name in
            """
              - name: \(name)
                kind: qemu
                kernel: small-6.1
                msi-controller: its
                command-line: [iomem=relaxed]
                devices: [edu, edu, e1000e, nvme, virtio-rng]\(firmware)

            """
        }
        let lab = folder.appending("slow.yaml")
        try TextFile.write(
            "name: slow\nsummary: Two boards that are alike\nboards:\n" + boards.joined(), to: lab)
        return [
            "--lab", lab.string, "--results", folder.string, "--invariant", "INV-72",
        ]
    }

    private func search(
        _ history: KernelHistory, _ base: NamedRecipe, _ words: [String], in folder: FilePath
    ) async throws -> Duration {
        let clock = ContinuousClock()
        let start = clock.now
        let output = try await Tool.run(
            bench.executable.string,
            [
                "bisect", "commits", "--repository", history.repository.string, "--good",
                history.good, "--bad", history.bad, "--kernel", base.name.text,
            ] + Self.boards.flatMap { ["--board", $0] } + words, deadline: deadline
        ).succeeded()
        let took = start.duration(to: clock.now)
        try TextFile.write(
            String(decoding: output.standardError, as: UTF8.self) + output.text,
            to: folder.appending("bisect.log"))
        guard output.text.contains("the culprit is \(history.culprit.prefix(12))") else {
            throw WrongCulprit(wanted: Revision(history.culprit), found: output.text)
        }
        return took
    }
}
