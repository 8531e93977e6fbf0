// SPDX-License-Identifier: GPL-3.0-or-later

import Bisection
import Evidence
import Judgement
import ResultArchive
import Vocabulary

/// What an answer rests on.
extension BisectionPage {
    /// Last good and first bad, side by side.
    static func sides(_ story: BisectionStory) -> String {
        guard let bad = story.firstBad else { return "" }
        let both = [story.lastGood, bad]
        let rows: [(String, (BisectionBoot) -> String?)] = [
            (
                "revision",
                { boot in
                    code(BisectionText.short(boot.revision)) + " " + escaped(boot.revision.title)
                }
            ),
            (
                "measured",
                {
                    $0.evidence?.measured.map {
                        "<b>\(escaped("\($0.value)"))</b> in \(escaped($0.place))"
                    }
                }
            ),
            ("kernel", { $0.kernel.map { escaped($0.release) } }),
            ("build ID", { $0.kernel?.buildID.map { code($0) } }),
            ("image", { $0.kernel?.image.map { code($0.hexadecimal) } }),
            ("board", { $0.board.map { escaped($0.text) } }), ("run", { $0.run.map { code($0) } }),
        ]
        let html = rows.compactMap { name, cell -> String? in
            let cells = both.map { $0.flatMap(cell) }
            guard cells.contains(where: { $0 != nil }) else { return nil }
            return "<tr><th>\(name)</th>"
                + cells.map { "<td>\($0 ?? "—")</td>" }.joined() + "</tr>\n"
        }
        return "<h2>The two sides of the change</h2>\n<table class=\"sides\"><tr><th></th>"
            + "<th class=\"good\">last good</th><th class=\"bad\">first bad</th></tr>\n"
            + html.joined() + "</table>\n"
    }

    /// What the first bad one showed.
    static func evidence(_ story: BisectionStory) -> String {
        let findings = story.firstBad?.evidence?.findings ?? []
        let troubles = story.firstBad?.evidence?.troubles ?? []
        guard !findings.isEmpty || !troubles.isEmpty else { return "" }
        let rows = findings.map { finding in
            "<tr><td>\(escaped("\(finding.invariant)"))<br>\(escaped(finding.subject))</td>"
                + "<td class=\"expected\">\(escaped(finding.expected))</td>"
                + "<td class=\"observed\">\(escaped(finding.observed))</td></tr>\n"
                + lines(finding.lines)
        }
        let told = troubles.map { trouble in
            "<tr><td>\(escaped(trouble.kind.rawValue))</td><td>—</td>"
                + "<td class=\"observed\">\(escaped(trouble.title))</td></tr>\n"
        }
        return
            "<h2>What the first bad one shows</h2>\n<table class=\"findings\">"
            + "<tr><th></th><th>expected</th><th>observed</th></tr>\n" + (rows + told).joined()
            + "</table>\n"
    }

    /// So many lines of evidence are shown of a finding; the run has all of them.
    private static let mostLines = 12

    private static func lines(_ lines: [RawLine]) -> String {
        guard !lines.isEmpty else { return "" }
        let text = lines.suffix(mostLines).map { escaped("\($0)") }.joined(separator: "\n")
        return "<tr class=\"lines\"><td colspan=\"3\"><pre>\(text)</pre></td></tr>\n"
    }
}
