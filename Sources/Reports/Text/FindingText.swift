// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
import ResultArchive

extension TextReport {
    /// Tells each finding of a case: expected and observed side by side, and the lines they rest on.
    static func findings(of found: CaseReport, _ ink: Ink) -> [String] {
        guard case .differs(let findings) = found.judgement.verdict else { return [] }
        return [ink.verdict(.differs, "differs") + ": \(found.board) \(found.title)"]
            + findings.flatMap { finding($0, ink) }
    }

    private static func finding(_ finding: Finding, _ ink: Ink) -> [String] {
        let name = InvariantCatalogue.invariant(finding.invariant).map { "  \($0.name)" } ?? ""
        let head = "    " + ink.bold("\(finding.invariant)\(name)") + ": \(safe(finding.subject))"
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
