// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
package import ResultArchive
package import SystemPackage

/// What campaigns of many runs share: each run boots kernels, judges suites, and is archived.
package struct SuiteBench: Sendable {
    package let lab: SourceText
    package let agent: FilePath
    /// The folder that gets the runs.
    package let runs: FilePath
    package let versions: [String: String]
    /// Makes the files of reports for a run's folder.
    package let report: @Sendable (RunOutcome, RunFolder) -> [String: String]

    package init(
        lab: SourceText, agent: FilePath, runs: FilePath, versions: [String: String],
        report: @escaping @Sendable (RunOutcome, RunFolder) -> [String: String]
    ) {
        self.lab = lab
        self.agent = agent
        self.runs = runs
        self.versions = versions
        self.report = report
    }

    /// Plays suites on boards, and seals the run.
    ///
    /// A cancelled run is archived too, and is no error: its outcome says so.
    /// - Throws: `ArchiveError` where nothing could be written down; `AgentBuildMissing`.
    package func play(
        _ suites: [SuiteOrder], on boards: [BoardOrder], command: [String],
        watch: @escaping @Sendable (JournalEvent) -> Void,
        announce: @escaping @Sendable (String) -> Void
    ) async throws -> (outcome: RunOutcome, folder: RunFolder) {
        let request = RunRequest(
            lab: lab, boards: boards, suites: suites, overrides: .none, agent: agent, runs: runs)
        let run = try Run(request, watch: watch, announce: announce)
        let outcome = try await run.perform(command: command)
        try run.seal(
            outcome, command: command, versions: versions, reports: report(outcome, run.folder))
        return (outcome, run.folder)
    }
}
