// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
package import Judgement
package import ReferenceModel
package import ResultArchive
package import Vocabulary

/// Judges an archived run again, from the raw evidence that it kept.
///
/// Nothing is written: what was concluded then stays in the archive beside the evidence.
package struct RunJudge: Sendable {
    private let run: ArchivedRun
    private let overrides: ModelOverrides

    package init(_ run: ArchivedRun, overrides: ModelOverrides = .none) {
        self.run = run
        self.overrides = overrides
    }

    /// Judges the cases that ended, in the order of the run but board by board.
    ///
    /// Only the boards and cases with these names are taken, cases alone or as `suite/case`; all of
    /// them where none is named.
    ///
    /// - Throws: `ArchiveError` when the archive is damaged, `UnknownName` for a name that is not
    ///   in the run.
    package func judge(boards: [String] = [], cases: [String] = []) throws -> [BoardAgain] {
        let story = RunStory(try run.journal())
        try story.check(boards: boards, cases: cases)
        return try run.boards().compactMap { board in
            guard boards.isEmpty || boards.contains(board.name.text) else { return nil }
            let wanted = story.outcomes.filter {
                $0.board == board.name && RunStory.isNamed($0, in: cases)
            }
            return try again(board, wanted, story)
        }
    }

    private func again(
        _ board: ArchivedBoard, _ outcomes: [CaseOutcome], _ story: RunStory
    ) throws -> BoardAgain {
        let record = try board.record()
        let kernel = record?.kernel ?? story.kernels[board.name]
        let judge = record.map {
            CaseJudge(
                board: BoardEvidence($0), kernel: kernel, overrides: overrides)
        }
        let archived = try board.cases()
        let cases = try outcomes.map { outcome in
            let found = archived.first { $0.suite == outcome.suite && $0.name == outcome.name }
            return try again(outcome, found, by: judge, steps: story.steps(of: outcome))
        }
        return BoardAgain(board: board.name, kernel: kernel, cases: cases)
    }

    /// A case that a fault ended in the middle was not judged then and cannot be now: its fault
    /// stays what is known of it.
    private func again(
        _ outcome: CaseOutcome, _ archived: ArchivedCase?, by judge: CaseJudge?, steps: Int?
    ) throws -> CaseAgain {
        let then = try archived?.judgement() ?? Self.unjudged(outcome)
        guard let judge, let record = try archived?.record(), record.steps.count == steps else {
            return CaseAgain(then: then, now: then, outcome: outcome)
        }
        let now: CaseJudgement
        do throws(ModelError) {
            now = try judge.judge(record)
        } catch {
            now = CaseJudgement(verdict: .inconclusive(error.fault), results: [], keyFacts: [])
        }
        return CaseAgain(then: then, now: now, outcome: outcome)
    }

    private static func unjudged(_ outcome: CaseOutcome) -> CaseJudgement {
        JudgedOutcome(outcome: outcome, judgement: nil).reported
    }
}

/// A board of an archived run, judged again.
package struct BoardAgain: Sendable {
    package let board: BoardName
    package let kernel: KernelRecord?
    package let cases: [CaseAgain]
}

/// A case of an archived run, as it was judged then and as it is judged now.
package struct CaseAgain: Sendable {
    package let then: CaseJudgement
    package let now: CaseJudgement
    /// As the archive has it.
    package let outcome: CaseOutcome

    /// What is concluded otherwise now; nothing when it is the same.
    package var change: VerdictChange? { VerdictChange(from: then, to: now) }
}
