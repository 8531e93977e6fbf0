// SPDX-License-Identifier: GPL-3.0-or-later

import Judgement
package import ResultArchive
import Vocabulary

/// The matrix of mutants: each with what caught it, what that cost, or that it survived.
package enum MutantTable {
    /// For a terminal; what was meant to fall stands in brackets.
    package static func text(_ matrix: MutantMatrix, ink: Ink) -> String {
        var table = TextTable(header: header, ink: ink)
        for record in matrix.mutants {
            let cells = cells(record).enumerated().map { column, text in
                TextTable.Cell(
                    text: text, paint: { column == 1 ? record.painted(by: ink, $0) : $0 },
                    isRightAligned: column == 5 || column == 6)
            }
            table.add(cells)
        }
        let lines = table.lines + [""] + troubles(matrix) + [summary(matrix)]
        return lines.joined(separator: "\n") + "\n"
    }

    /// For a page: a table of Markdown, and the summary behind it.
    package static func markdown(_ matrix: MutantMatrix) -> String {
        let rows =
            [header, header.map { _ in "---" }] + matrix.mutants.map { record in cells(record) }
        let table = rows.map { "| " + $0.joined(separator: " | ") + " |" }
        return (table + [""] + troubles(matrix) + [summary(matrix)]).joined(separator: "\n") + "\n"
    }

    private static let header = [
        "mutant", "outcome", "kernel", "suite", "what fell", "compiled in", "ran for",
    ]

    private static func cells(_ record: MutantRecord) -> [String] {
        [
            safe(record.name.text), record.outcome.rawValue, safe(record.base.text),
            safe(record.suite.text), fallen(record),
            spoken(.milliseconds(record.compileMilliseconds)),
            spoken(.milliseconds(record.runMilliseconds)),
        ]
    }

    /// What fell: once where it is the same on each board, else board by board.
    private static func fallen(_ record: MutantRecord) -> String {
        let boards = record.boards.map { ($0.board.text, names($0, record)) }
        guard let first = boards.first else { return "—" }
        if boards.count > 1, boards.allSatisfy({ $0.1 == first.1 }) { return first.1 }
        return boards.map { "\(safe($0.0)): \($0.1)" }.joined(separator: "; ")
    }

    private static func names(_ trial: MutantTrial, _ record: MutantRecord) -> String {
        if trial.broken.isEmpty { return trial.word == .agrees ? "nothing" : "not judged" }
        return trial.broken.map { id in
            record.intended.contains(id) ? "[\(id)]" : "\(id)"
        }.joined(separator: " ")
    }

    private static func troubles(_ matrix: MutantMatrix) -> [String] {
        matrix.mutants.flatMap { record in
            let faults = [record.fault] + record.boards.map(\.fault)
            return faults.compactMap { $0 }.map { fault in
                "\(safe(record.name.text)): (\(fault.kind.rawValue)) \(safe(fault.description))"
            }
        }
    }

    private static func summary(_ matrix: MutantMatrix) -> String {
        let outcomes = MutantRecord.Outcome.allCases.compactMap { outcome -> String? in
            let count = matrix.count(outcome)
            return count > 0 ? "\(count) \(outcome.rawValue)" : nil
        }
        let share = matrix.compilerShare.map { ", the compiler \(Int(($0 * 100).rounded()))%" }
        let work = "\(spoken(matrix.compileTime + matrix.runTime)) of work\(share ?? "")"
        let known = matrix.known > 0 ? " (\(matrix.known) known from before)" : ""
        let kernels = matrix.mutants.count == 1 ? "1 kernel" : "\(matrix.mutants.count) kernels"
        return kernels + known + ": " + outcomes.joined(separator: ", ") + "; " + work + "; "
            + spoken(.milliseconds(matrix.tookMilliseconds))
            + (matrix.wasInterrupted ? "; interrupted" : "")
    }
}

extension MutantRecord {
    /// The outcome in the colour of what it means.
    func painted(by ink: Ink, _ text: String? = nil) -> String {
        let word: CaseOutcome.Word =
            switch outcome {
            case .caught, .quiet: .agrees
            case .caughtOtherwise, .survived, .falseAlarm: .differs
            case .notJudged: .inconclusive
            }
        return ink.verdict(word, text ?? outcome.rawValue)
    }
}
