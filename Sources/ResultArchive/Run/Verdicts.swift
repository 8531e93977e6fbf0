// SPDX-License-Identifier: GPL-3.0-or-later

package import Judgement
package import Vocabulary

extension CaseArchive {
    /// Writes what was concluded.
    ///
    /// - Throws: `ArchiveError`; an earlier verdict is then still there.
    package func write(_ judgement: CaseJudgement) throws(ArchiveError) {
        try writeVerdict(judgement)
    }
}

extension ArchivedCase {
    /// Reads what was concluded; nothing when the case was never judged.
    ///
    /// - Throws: `ArchiveError` when the file is damaged.
    package func judgement() throws(ArchiveError) -> CaseJudgement? {
        try verdict(as: CaseJudgement.self)
    }
}

extension CaseOutcome {
    /// Sums up a judgement for the manifest.
    package init(
        board: BoardName, suite: SuiteName, name: CaseName, verdict: Verdict, took: Duration
    ) {
        switch verdict {
        case .agrees:
            self.init(board: board, suite: suite, name: name, word: .agrees, took: took)
        case .differs(let findings):
            self.init(
                board: board, suite: suite, name: name, word: .differs, findings: findings.count,
                took: took)
        case .inconclusive(let fault):
            self.init(
                board: board, suite: suite, name: name, word: .inconclusive, fault: fault,
                took: took)
        }
    }
}
