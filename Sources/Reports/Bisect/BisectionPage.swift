// SPDX-License-Identifier: GPL-3.0-or-later

import Bisection
import Evidence
import Judgement
package import ResultArchive
import Vocabulary

/// A bisection as a page that needs nothing but itself: no script, no network.
package enum BisectionPage {
    /// Renders a story, finished or not.
    package static func render(_ story: BisectionStory) -> String {
        let title = "Bisection \(story.name)"
        let head = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>\(escaped(title))</title>
            <style>\(style)</style></head><body>
            <h1>\(escaped(BisectionText.conclusion(story)))</h1>

            """
        let parts = [
            summary(story), bar(story), sides(story), table(story), list("Notes", story.notes),
            list("What the bench failed at", story.faults),
        ]
        return head + parts.joined() + "</body></html>\n"
    }

    private static func escaped(_ text: String) -> String { XML.escaped(text) }

    private static func summary(_ story: BisectionStory) -> String {
        var lines = [
            "\(story.revisions) revisions (\(story.kind.rawValue)), from good "
                + "\(BisectionText.short(story.good)) to bad \(BisectionText.short(story.bad)); "
                + "looked for: \(story.symptom)"
        ]
        if let rest = BisectionText.rest(story) { lines.append(rest) }
        var html = lines.map { "<p>\(escaped($0))</p>\n" }.joined()
        if story.result == .undecided {
            html += list("One of these", story.candidates.map(BisectionText.title))
        }
        if let command = story.reproduction {
            html += "<p>To see it again:</p><pre>\(escaped(command))</pre>\n"
        }
        return html
    }

    /// Where in the history each boot was.
    private static func bar(_ story: BisectionStory) -> String {
        guard story.places.count > 1, let last = story.places.values.max() else { return "" }
        let marks = story.boots.enumerated().compactMap { number, boot -> String? in
            guard let place = story.places[boot.revision.revision] else { return nil }
            let left = 960 * place / max(last, 1) + 20
            let y = 14 + 16 * number
            let name = escaped(BisectionText.short(boot.revision))
            let isRight = left > 700
            return "<circle cx=\"\(left)\" cy=\"\(y)\" r=\"5\" class=\"\(boot.verdict.rawValue)\"/>"
                + "<text x=\"\(left + (isRight ? -10 : 10))\" y=\"\(y + 4)\""
                + (isRight ? " text-anchor=\"end\"" : "") + ">\(number + 1) \(name)</text>"
        }
        let height = 16 * story.boots.count + 12
        return "<svg viewBox=\"0 0 1000 \(height)\" role=\"img\"><title>Boots, the oldest "
            + "revision on the left</title>\n\(marks.joined(separator: "\n"))\n</svg>\n"
    }

    /// Last good and first bad, side by side.
    private static func sides(_ story: BisectionStory) -> String {
        guard let bad = story.firstBad else { return "" }
        let good = story.lastGood.map(BisectionText.identity) ?? "—"
        let findings = (bad.evidence?.findings ?? []).map { finding in
            "<tr><td>\(escaped("\(finding.invariant)"))<br>\(escaped(finding.subject))</td>"
                + "<td>\(escaped(finding.expected))</td><td>\(escaped(finding.observed))</td></tr>\n"
        }
        let troubles = (bad.evidence?.troubles ?? []).map { trouble in
            "<tr><td>\(escaped(trouble.kind.rawValue))</td><td>—</td>"
                + "<td>\(escaped(trouble.title))</td></tr>\n"
        }
        return "<h2>What it shows</h2><table><tr><th></th><th>expected</th><th>observed</th></tr>\n"
            + (findings + troubles).joined()
            + "<tr><td>kernel</td><td>last good: \(escaped(good))</td>"
            + "<td>first bad: \(escaped(BisectionText.identity(bad)))</td></tr></table>\n"
    }

    private static func table(_ story: BisectionStory) -> String {
        let rows = story.boots.enumerated().map { number, boot in
            let cells = [
                "\(number + 1)", BisectionText.title(boot.revision), boot.board?.text ?? "—",
                boot.verdict.rawValue + (boot.reason.map { ": \($0)" } ?? ""),
                spoken(.milliseconds(boot.makeMilliseconds)),
                spoken(.milliseconds(boot.bootMilliseconds)), boot.run ?? "—",
            ].map { "<td>\(escaped($0))</td>" }
            return "<tr class=\"\(boot.verdict.rawValue)\">\(cells.joined())</tr>\n"
        }
        let header = ["boot", "revision", "board", "verdict", "made in", "booted in", "run"]
            .map { "<th>\($0)</th>" }.joined()
        return "<h2>Boots</h2><table><tr>\(header)</tr>\n\(rows.joined())</table>\n"
    }

    private static func list(_ title: String, _ lines: [String]) -> String {
        guard !lines.isEmpty else { return "" }
        return "<h2>\(title)</h2><ul>"
            + lines.map { "<li>\(escaped($0))</li>" }.joined(separator: "\n") + "</ul>\n"
    }

    private static let style = """
        body{font:15px/1.45 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;\
        color:#1c2024;background:#fff}h1{font-size:1.35rem}h2{font-size:1.05rem;margin-top:1.6rem}\
        table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;\
        padding:.25rem .6rem;border-bottom:1px solid #ddd}pre{background:#f4f5f7;padding:.6rem;\
        overflow-x:auto}svg{width:100%;background:#f8f9fa}svg text{font-size:11px;fill:#333}\
        .good{fill:#2a7d3c}.bad{fill:#b3261e}.skipped{fill:#9a6b00}\
        tr.bad td:nth-child(4){color:#b3261e}tr.good td:nth-child(4){color:#2a7d3c}\
        tr.skipped td:nth-child(4){color:#9a6b00}
        """
}
