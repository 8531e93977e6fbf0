// SPDX-License-Identifier: GPL-3.0-or-later

package import Judgement
package import ResultArchive
package import Vocabulary

/// What came of one board in a run.
package struct BoardOutcome: Sendable {
    package let board: BoardName
    /// Nothing when the board never answered.
    package let kernel: KernelRecord?
    /// In the order run; cases that were never begun are there as inconclusive.
    package let cases: [JudgedOutcome]
    /// What ended the board's run before its time.
    package let fault: Fault?
    /// Whether that was its kernel, which could not be made: another one of its history may be.
    package let isUnbuildable: Bool

    package init(
        board: BoardName, kernel: KernelRecord?, cases: [JudgedOutcome], fault: Fault?,
        isUnbuildable: Bool = false
    ) {
        self.isUnbuildable = isUnbuildable
        self.board = board
        self.kernel = kernel
        self.cases = cases
        self.fault = fault
    }
}

/// A case's outcome, with what the verdict rests on.
package struct JudgedOutcome: Sendable {
    package let outcome: CaseOutcome
    /// Nothing where the case never came to be judged.
    package let judgement: CaseJudgement?

    package init(outcome: CaseOutcome, judgement: CaseJudgement?) {
        self.outcome = outcome
        self.judgement = judgement
    }

    /// The judgement as a report shows it; where there is none, the outcome's fault is all.
    package var reported: CaseJudgement {
        if let judgement { return judgement }
        let unknown = Fault(
            kind: .harness,
            account: Account(
                subject: "case \(outcome.name)", action: "be judged", cause: "nobody said why"))
        return CaseJudgement(
            verdict: .inconclusive(outcome.fault ?? unknown), results: [], keyFacts: [])
    }
}
