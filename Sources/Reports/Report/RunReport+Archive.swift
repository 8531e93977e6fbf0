// SPDX-License-Identifier: GPL-3.0-or-later

import Judgement
package import ResultArchive
import Vocabulary

extension RunReport {
    /// Gathers what an archived run tells, complete or not.
    ///
    /// - Throws: `ArchiveError` when its journal or a verdict cannot be read.
    package init(_ run: ArchivedRun) throws(ArchiveError) {
        let entries = try run.journal().entries
        let began = entries.first?.at ?? UTCInstant(milliseconds: 0)
        self.init(
            run: run.folder.name, began: began,
            took: (run.manifest?.ended ?? entries.last?.at ?? began).since(began),
            isPartial: run.manifest?.wasInterrupted ?? true,
            cases: try Self.cases(of: run, entries), folder: run.folder.description,
            troubles: BoardTroubles.all(in: run.folder))
    }

    /// One for each case that ended, in the order of the journal but board by board.
    private static func cases(
        of run: ArchivedRun, _ entries: [JournalEntry]
    ) throws(ArchiveError) -> [CaseReport] {
        var kernels: [BoardName: KernelRecord] = [:]
        var outcomes: [CaseOutcome] = []
        for entry in entries {
            switch entry.event {
            case .boardReady(let board, let kernel): kernels[board] = kernel
            case .caseEnded(let outcome): outcomes.append(outcome)
            default: break
            }
        }
        let judgements = try judgements(of: run)
        return outcomes.enumerated().sorted {
            ($0.element.board, $0.offset) < ($1.element.board, $1.offset)
        }.map { _, outcome in
            let judgement = judgements[CaseKey(outcome)] ?? CaseJudgement(outcome)
            return CaseReport(
                board: outcome.board, kernel: kernels[outcome.board], suite: outcome.suite,
                name: outcome.name, judgement: judgement, took: outcome.took)
        }
    }

    private static func judgements(
        of run: ArchivedRun
    ) throws(ArchiveError) -> [CaseKey: CaseJudgement] {
        var judgements: [CaseKey: CaseJudgement] = [:]
        for board in try run.boards() {
            for found in try board.cases() {
                let key = CaseKey(board: board.name, suite: found.suite, name: found.name)
                judgements[key] = try found.judgement()
            }
        }
        return judgements
    }
}

private struct CaseKey: Hashable {
    let board: BoardName
    let suite: SuiteName
    let name: CaseName

    init(board: BoardName, suite: SuiteName, name: CaseName) {
        self.board = board
        self.suite = suite
        self.name = name
    }

    init(_ outcome: CaseOutcome) {
        self.init(board: outcome.board, suite: outcome.suite, name: outcome.name)
    }
}

extension CaseJudgement {
    /// What is known of a case that has no verdict file, because it never reached the judge.
    fileprivate init(_ outcome: CaseOutcome) {
        let missing = Fault(
            kind: .harness,
            account: Account(
                subject: "case \(outcome.name)", action: "be reported",
                cause: "its verdict file is missing"))
        self.init(verdict: .inconclusive(outcome.fault ?? missing), results: [], keyFacts: [])
    }
}
