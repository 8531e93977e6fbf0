// SPDX-License-Identifier: GPL-3.0-or-later

import Judgement
import ResultArchive

extension MutantTrial {
    /// What a board's part of a run says of a mutant.
    init(_ outcome: BoardOutcome) {
        let broken = outcome.cases.compactMap(\.judgement).flatMap { judgement in
            judgement.results.filter { if case .broken = $0.state { true } else { false } }
                .map(\.invariant)
        }
        let inOrder = InvariantCatalogue.all.map(\.id).filter(Set(broken).contains)
        let open = outcome.cases.first { $0.outcome.word == .inconclusive }
        let fault = outcome.fault ?? open?.outcome.fault
        let word: CaseOutcome.Word =
            if !inOrder.isEmpty { .differs } else if fault != nil || outcome.cases.isEmpty {
                .inconclusive
            } else { .agrees }
        self.init(
            board: outcome.board, word: word, broken: inOrder, kernel: outcome.kernel,
            fault: fault)
    }
}
