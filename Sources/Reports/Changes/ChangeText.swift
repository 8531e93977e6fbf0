// SPDX-License-Identifier: GPL-3.0-or-later

package import Judgement
import ResultArchive

/// Tells what is concluded otherwise than when a run was made.
package enum ChangeText {
    /// Renders the changes, each under the case that it belongs to; says so where there are none.
    package static func render(
        _ changes: [(title: String, change: VerdictChange)], of count: Int, ink: Ink
    ) -> String {
        guard !changes.isEmpty else {
            let cases = count == 1 ? "the case" : "all \(count) cases"
            return "\(ink.bold("unchanged")): \(cases) judged as then\n"
        }
        let lines = changes.flatMap { title, change in
            ["\(ink.bold("changed")): \(safe(title)): \(words(change, ink))"]
                + findings("now also", change.appeared) + findings("no more", change.vanished)
                + (change.sightingsDiffer ? ["    doorbells are seen elsewhere than then"] : [])
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func words(_ change: VerdictChange, _ ink: Ink) -> String {
        let (then, now) = (change.before.word, change.now.word)
        let painted = CaseOutcome.Word(rawValue: now).map { ink.verdict($0, now) } ?? now
        return then == now ? "\(painted), as then" : "\(then) then, \(painted) now"
    }

    private static func findings(_ label: String, _ findings: [Finding]) -> [String] {
        findings.map { "    \(label)  \(safe($0.description))" }
    }
}
