// SPDX-License-Identifier: GPL-3.0-or-later

import ResultArchive
import Vocabulary

/// What a run's journal tells of its cases.
struct RunStory {
    /// In the order in which the cases ended.
    private(set) var outcomes: [CaseOutcome] = []
    private(set) var kernels: [BoardName: KernelRecord] = [:]
    private var announced: [String: Int] = [:]

    init(_ journal: ArchivedJournal) {
        for entry in journal.entries {
            switch entry.event {
            case .boardReady(let board, let kernel): kernels[board] = kernel
            case .caseBegan(let board, let suite, let name, let steps):
                announced["\(board) \(suite)/\(name)"] = steps
            case .caseEnded(let outcome): outcomes.append(outcome)
            default: break
            }
        }
    }

    /// How many steps the case has; nothing when it never began.
    func steps(of outcome: CaseOutcome) -> Int? {
        announced["\(outcome.board) \(outcome.suite)/\(outcome.name)"]
    }

    /// Makes sure that each name names something of the run.
    /// - Throws: `UnknownName`.
    func check(boards: [String], cases: [String]) throws(UnknownName) {
        let known = Set(outcomes.map(\.board.text)).sorted()
        for name in boards where !known.contains(name) {
            throw UnknownName(noun: "board", name: name, place: "the run", known: known)
        }
        for name in cases where !outcomes.contains(where: { Self.isNamed($0, in: [name]) }) {
            let titles = Set(outcomes.map { "\($0.suite)/\($0.name)" }).sorted()
            throw UnknownName(noun: "case", name: name, place: "the run", known: titles)
        }
    }

    static func isNamed(_ outcome: CaseOutcome, in names: [String]) -> Bool {
        names.isEmpty || names.contains(outcome.name.text)
            || names.contains("\(outcome.suite)/\(outcome.name)")
    }
}
