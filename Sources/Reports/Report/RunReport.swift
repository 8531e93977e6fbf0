// SPDX-License-Identifier: GPL-3.0-or-later

package import Judgement
package import ResultArchive
package import Vocabulary

/// All that a report tells of a run, as plain values.
package struct RunReport: Sendable {
    /// The name of the run's folder.
    package var run: String
    package var began: UTCInstant
    /// From the beginning of the run to its end.
    package var took: Duration
    /// Whether somebody stopped the run, or its process died.
    package var isPartial: Bool
    /// In the order in which they are shown.
    package var cases: [CaseReport]
    /// Where everything that was observed lies.
    package var folder: String
    /// What kernels told of on their consoles, board by board, also where it decided nothing.
    package var troubles: [BoardTroubles]

    package init(
        run: String, began: UTCInstant, took: Duration, isPartial: Bool, cases: [CaseReport],
        folder: String, troubles: [BoardTroubles] = []
    ) {
        self.run = run
        self.began = began
        self.took = took
        self.isPartial = isPartial
        self.cases = cases
        self.folder = folder
        self.troubles = troubles
    }

    /// The boards in the order of their first case.
    var boards: [BoardName] {
        cases.map(\.board).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// How many cases were observed on boards; a simulation says nothing of a kernel.
    var observed: Int { cases.count { !$0.isSimulated } }

    /// How many verdicts about kernels there are with this word.
    func count(_ word: CaseOutcome.Word) -> Int {
        cases.count { $0.word == word && !$0.isSimulated }
    }
}

/// What a report tells of one case on one board.
package struct CaseReport: Sendable {
    package var board: BoardName
    /// Nothing where the board never came up.
    package var kernel: KernelRecord?
    package var suite: SuiteName
    package var name: CaseName
    package var judgement: CaseJudgement
    package var took: Duration

    package init(
        board: BoardName, kernel: KernelRecord?, suite: SuiteName, name: CaseName,
        judgement: CaseJudgement, took: Duration
    ) {
        self.board = board
        self.kernel = kernel
        self.suite = suite
        self.name = name
        self.judgement = judgement
        self.took = took
    }

    /// `smoke/one-vector`.
    var title: String { "\(suite)/\(name)" }

    var isSimulated: Bool { judgement.simulation != nil }

    /// The word of the table: `agrees`, `agrees, 1 exposure`, `agrees, partly synthetic`,
    /// `differs (simulated)`.
    var verdictText: String {
        let kinds = Finding.Kind.allCases.compactMap { kind -> String? in
            let count = judgement.remarks.count { $0.kind == kind }
            return count > 0 ? "\(count) \(kind.rawValue)" : nil
        }
        let synthetic = judgement.isPartlySynthetic ? ["partly synthetic"] : []
        return ([word.rawValue] + kinds + synthetic).joined(separator: ", ")
            + (isSimulated ? " (simulated)" : "")
    }

    var word: CaseOutcome.Word {
        switch judgement.verdict {
        case .agrees: .agrees
        case .differs: .differs
        case .inconclusive: .inconclusive
        }
    }
}
