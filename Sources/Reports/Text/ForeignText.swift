// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
import ResultArchive

extension TextReport {
    /// How many tests that passed a brief report names of one program.
    private static let mostPassed = 20

    /// Tells what foreign programs said of their tests.
    static func foreignTests(_ report: RunReport, _ ink: Ink, isVerbose: Bool) -> [String] {
        report.cases.flatMap { found -> [String] in
            let tests = found.judgement.tests
            guard !tests.isEmpty else { return [] }
            let passed = tests.filter { $0.outcome == .passed }
            let shown = isVerbose ? passed[...] : passed.prefix(mostPassed)
            let others = tests.filter { $0.outcome != .passed }
            let rest = passed.count - shown.count
            return [ink.bold("tests of \(found.board) \(found.title)") + ": \(counts(tests))"]
                + (others + shown).map { line($0, ink) }
                + (rest > 0 ? ["    and \(rest) more that passed (--verbose names them)"] : [])
        }
    }

    private static func counts(_ tests: [ForeignTest]) -> String {
        let words = tests.map(\.outcome.word)
        return ["not ok", "known", "skipped", "ok"].compactMap { word in
            let count = words.count { $0 == word }
            return count == 0 ? nil : "\(count) \(word)"
        }.joined(separator: ", ")
    }

    private static func line(_ test: ForeignTest, _ ink: Ink) -> String {
        let word = test.outcome.word.padded(to: 7)
        let painted =
            switch test.outcome {
            case .passed: ink.verdict(.agrees, word)
            case .failed: ink.verdict(.differs, word)
            case .skipped, .failedAsKnown: ink.verdict(.inconclusive, word)
            }
        let reason = test.outcome.reason.map { ": \(safe($0))" } ?? ""
        return "    \(painted)  \(safe(test.name))\(reason)"
    }
}

extension KTAPResult.Outcome {
    /// The word in reports.
    var word: String {
        switch self {
        case .passed: "ok"
        case .failed: "not ok"
        case .skipped: "skipped"
        case .failedAsKnown: "known"
        }
    }

    /// What the program says of why.
    var reason: String? {
        switch self {
        case .passed, .failed: nil
        case .skipped(let reason), .failedAsKnown(let reason): reason.isEmpty ? nil : reason
        }
    }
}
