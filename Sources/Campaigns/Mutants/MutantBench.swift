// SPDX-License-Identifier: GPL-3.0-or-later

package import ResultArchive
package import SystemPackage
import Vocabulary

/// What all mutants of a campaign share.
package struct MutantBench: Sendable {
    package let suites: SuiteBench
    /// The executable that judges: another one may judge otherwise.
    package let tool: FilePath
    package let shelf: MutantShelf
    /// Forgets what was judged before.
    package let isAfresh: Bool

    package init(suites: SuiteBench, tool: FilePath, shelf: MutantShelf, isAfresh: Bool) {
        self.suites = suites
        self.tool = tool
        self.shelf = shelf
        self.isAfresh = isAfresh
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
        let (outcome, folder) = try await suites.play(
            [order.suite], on: order.boards, command: ["doorbell", "mutants", "--only", name.text],
            watch: { watch(.running(name, $0)) }, announce: { watch(.announced($0)) })
        if outcome.wasInterrupted { throw CancellationError() }
        return MutantRecord(
            name: name, base: order.mutant.base, suite: order.mutant.suite,
            intended: order.mutant.breaks, boards: outcome.boards.map { MutantTrial($0) },
            compileTook: compileTook, runTook: start.duration(to: clock.now), run: folder.name)
    }
}
