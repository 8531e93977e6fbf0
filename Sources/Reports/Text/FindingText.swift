// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
import ResultArchive
import Vocabulary

extension TextReport {
    /// Tells each finding of a case: expected and observed side by side, and the lines they rest on.
    static func findings(of found: CaseReport, _ ink: Ink) -> [String] {
        guard case .differs(let findings) = found.judgement.verdict else { return [] }
        return [ink.verdict(.differs, "differs") + ": \(found.board) \(found.title)"]
            + findings.flatMap { finding($0, ink) }
    }

    /// Tells what decides nothing and must not be overlooked, each once for a board.
    static func remarks(_ report: RunReport, _ ink: Ink) -> [String] {
        var cases: [Remark: [String]] = [:]
        var order: [Remark] = []
        for found in report.cases {
            for finding in found.judgement.remarks {
                let remark = Remark(board: found.board.text, finding: finding)
                if cases[remark] == nil { order.append(remark) }
                cases[remark, default: []].append(found.title)
            }
        }
        return order.flatMap { remark in
            let titles = cases[remark] ?? []
            let head = "\(remark.finding.kind.rawValue): \(remark.board) \(titles[0])"
            return [ink.bold(head) + (titles.count > 1 ? " (\(titles.count) cases)" : "")]
                + finding(remark.finding, ink)
        }
    }

    private static func finding(_ finding: Finding, _ ink: Ink) -> [String] {
        let name = InvariantCatalogue.invariant(finding.invariant).map { "  \($0.name)" } ?? ""
        let head =
            "    " + ink.bold("\(finding.invariant)\(name)") + ": \(safe(finding.subject))"
            + ink.dim("  [\(safe(finding.basis))]")
        return [head] + sideBySide(finding).map { "        \($0)" }
            + finding.lines.map { "        " + ink.dim(safe($0.description)) }
    }

    /// Two columns where both fit into one line, two lines where not.
    static func sideBySide(_ finding: Finding) -> [String] {
        let (expected, observed) = (safe(finding.expected), safe(finding.observed))
        let line = "expected \(expected)  |  observed \(observed)"
        return line.count <= 88 ? [line] : ["expected \(expected)", "observed \(observed)"]
    }
}

/// A remark of a board; the lines that it rests on differ from case to case.
private struct Remark: Hashable {
    let board: String
    let finding: Finding

    private var words: [String] {
        [board, finding.invariant.text, finding.subject, finding.observed]
    }

    static func == (left: Self, right: Self) -> Bool { left.words == right.words }

    func hash(into hasher: inout Hasher) { hasher.combine(words) }
}
