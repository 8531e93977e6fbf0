// SPDX-License-Identifier: GPL-3.0-or-later

import Judgement
import ResultArchive
import Vocabulary

extension BoardAgain {
    /// What came of the board as it is judged now, for the same report and exit status as a run's.
    package var outcome: BoardOutcome {
        BoardOutcome(
            board: board, kernel: kernel, cases: cases.map(\.judgedOutcome), fault: nil)
    }
}

extension CaseAgain {
    fileprivate var judgedOutcome: JudgedOutcome {
        JudgedOutcome(
            outcome: CaseOutcome(
                board: outcome.board, suite: outcome.suite, name: outcome.name,
                verdict: now.verdict, took: outcome.took),
            judgement: now)
    }
}
