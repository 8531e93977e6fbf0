// SPDX-License-Identifier: GPL-3.0-or-later

import KernelTree
import ReferenceModel
package import ResultArchive
package import SystemPackage
import Vocabulary

/// What all mutants of a campaign share.
package struct MutantBench: Sendable {
    package let lab: SourceText
    package let agent: FilePath
    /// The executable that judges: another one may judge otherwise.
    package let tool: FilePath
    /// The folder that gets the runs.
    package let runs: FilePath
    package let shelf: MutantShelf
    /// Forgets what was judged before.
    package let isAfresh: Bool
    package let versions: [String: String]
    /// Makes the files of reports for a run's folder.
    package let report: @Sendable (RunOutcome, RunFolder) -> [String: String]

    package init(
        lab: SourceText, agent: FilePath, tool: FilePath, runs: FilePath, shelf: MutantShelf,
        isAfresh: Bool, versions: [String: String],
        report: @escaping @Sendable (RunOutcome, RunFolder) -> [String: String]
    ) {
        self.lab = lab
        self.agent = agent
        self.tool = tool
        self.runs = runs
        self.shelf = shelf
        self.isAfresh = isAfresh
        self.versions = versions
        self.report = report
    }

    /// Boots a mutant's kernel on its boards, runs its suite, and archives the run.
    ///
    /// - Throws: `CancellationError`; `ArchiveError` where nothing could be written down.
    func run(
        _ order: MutantOrder, compileTook: Duration,
        watch: @escaping @Sendable (MutantEvent) -> Void
    ) async throws -> MutantRecord {
        let clock = ContinuousClock()
        let start = clock.now
        let name = order.mutant.name
        let request = RunRequest(
            lab: lab, boards: order.boards, suites: [order.suite], overrides: .none, agent: agent,
            runs: runs)
        let run = try Run(
            request, watch: { watch(.running(name, $0)) }, announce: { watch(.announced($0)) })
        let command = ["doorbell", "mutants", "--only", name.text]
        let outcome = try await run.perform(command: command)
        try run.seal(
            outcome, command: command, versions: versions, reports: report(outcome, run.folder))
        if outcome.wasInterrupted { throw CancellationError() }
        return MutantRecord(
            name: name, base: order.mutant.base, suite: order.mutant.suite,
            intended: order.mutant.breaks, boards: outcome.boards.map { MutantTrial($0) },
            compileTook: compileTook, runTook: start.duration(to: clock.now),
            run: run.folder.name)
    }
}
