// SPDX-License-Identifier: GPL-3.0-or-later

import Judgement
import ResultArchive
import Vocabulary

/// What is known of a board's cases so far, so that nothing is lost when its run ends early.
actor BoardLedger {
    private let board: BoardName
    private let suites: [SuiteOrder]
    private let log: RunLog
    private var kernel: KernelRecord?
    private var cases: [JudgedOutcome] = []

    init(board: BoardName, suites: [SuiteOrder], log: RunLog) {
        self.board = board
        self.suites = suites
        self.log = log
    }

    func ran(_ kernel: KernelRecord) { self.kernel = kernel }

    /// Enters a case; one whose fault is not its suite's alone ends the board's run.
    /// - Throws: the fault that the cases behind it would meet too.
    func add(_ entry: JudgedOutcome) async throws {
        cases.append(entry)
        try await log.tell(.caseEnded(entry.outcome))
        if let fault = entry.outcome.fault, fault.kind != .suite { throw fault }
    }

    /// Enters the cases that were never begun, and closes the book.
    func close(_ fault: Fault?, isUnbuildable: Bool = false) async -> BoardOutcome {
        if let fault {
            for missing in unplayed(because: fault) {
                cases.append(missing)
                await log.note(.caseEnded(missing.outcome))
            }
        }
        return BoardOutcome(
            board: board, kernel: kernel, cases: cases, fault: fault, isUnbuildable: isUnbuildable)
    }

    private func unplayed(because fault: Fault) -> [JudgedOutcome] {
        let all = suites.flatMap { suite in suite.cases.map { (suite.suite.name, $0.name) } }
        return all.dropFirst(cases.count).map { suite, name in
            JudgedOutcome(
                outcome: CaseOutcome(
                    board: board, suite: suite, name: name, word: .inconclusive, fault: fault,
                    took: .zero),
                judgement: nil)
        }
    }
}
