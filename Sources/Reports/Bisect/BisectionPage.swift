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
        let head = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8">\
            <meta name="viewport" content="width=device-width">\
            <title>\(escaped("Bisection \(story.name)"))</title>
            <style>\(style)</style></head><body>
            <p class="small">\(escaped("bisection \(story.name)"))</p>
            <h1>\(escaped(headline(story)))</h1>

            """
        let parts = [
            summary(story), sides(story), evidence(story), bar(story), table(story),
            list("Notes", story.notes), list("What the bench failed at", story.faults),
        ]
        return head + parts.joined() + "</body></html>\n"
    }

    static func escaped(_ text: String) -> String { XML.escaped(text) }

    /// A text that may be broken anywhere: a hash, a path, a command.
    static func code(_ text: String) -> String { "<code>\(escaped(text))</code>" }

    /// The conclusion; a commit's whole name stands below it.
    private static func headline(_ story: BisectionStory) -> String {
        guard story.result == .culprit, let culprit = story.candidates.first else {
            return BisectionText.conclusion(story)
        }
        return safe("the culprit is \(BisectionText.short(culprit)): \(culprit.title)")
    }

    private static func summary(_ story: BisectionStory) -> String {
        var html = ""
        if story.result == .culprit, let culprit = story.candidates.first {
            let isShort = BisectionText.short(culprit) == culprit.revision.text
            let parts = [isShort ? nil : code(culprit.revision.text), culprit.author.map(escaped)]
            let line = parts.compactMap(\.self).joined(separator: " by ")
            html += line.isEmpty ? "" : "<p>\(line)</p>\n"
        }
        let boards = story.boards.map(\.text).joined(separator: ", ")
        let lines = [
            "\(story.revisions) revisions (\(story.kind.rawValue)), from good "
                + "\(BisectionText.short(story.good)) to bad \(BisectionText.short(story.bad)), on "
                + boards,
            "looked for: \(story.symptom)", BisectionText.rest(story), MeasuredText.sides(story),
        ]
        html += lines.compactMap(\.self).map { "<p>\(escaped(capital($0)))</p>\n" }.joined()
        if story.result == .undecided {
            html += list("One of these", story.candidates.map(BisectionText.title))
        }
        if let command = story.reproduction {
            html += "<p>To see it again:</p><pre>\(escaped(command))</pre>\n"
        }
        return html
    }

    private static func capital(_ line: String) -> String {
        line.prefix(1).uppercased() + line.dropFirst()
    }

    /// Where in the history each boot was.
    private static func bar(_ story: BisectionStory) -> String {
        guard story.places.count > 1, let last = story.places.values.max() else { return "" }
        let height = 18 * story.boots.count + 14
        let marks = story.boots.enumerated().compactMap { number, boot -> String? in
            guard let place = story.places[boot.revision.revision] else { return nil }
            let (x, y) = (960 * place / max(last, 1) + 20, 16 + 18 * number)
            let name = escaped("\(number + 1)  \(BisectionText.short(boot.revision))")
            let isRight = x > 700
            return "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"5\" class=\"\(boot.verdict.rawValue)\"/>"
                + "<text x=\"\(x + (isRight ? -10 : 10))\" y=\"\(y + 4)\""
                + (isRight ? " text-anchor=\"end\"" : "") + ">\(name)</text>"
        }
        return "<h2>Where in the history each boot was, the oldest on the left</h2>\n"
            + "<svg viewBox=\"0 0 1000 \(height)\" role=\"img\">\n"
            + marks.joined(separator: "\n") + "\n</svg>\n"
    }

    private static func table(_ story: BisectionStory) -> String {
        let columns = BootColumn.all(of: story)
        let header = columns.map { "<th class=\"\(style($0))\">\(escaped($0.name))</th>" }.joined()
        let rows = story.boots.enumerated().map { number, boot in
            let cells = columns.map { column in
                let text = column.text(number + 1, boot)
                switch column.name {
                case BootColumn.revision:
                    return "<td>\(code(text))<br>\(escaped(boot.revision.title))</td>"
                case BootColumn.verdict:
                    return
                        "<td class=\"word\"><b class=\"\(boot.verdict.rawValue)\">\(text)</b></td>"
                default: return "<td class=\"\(style(column))\">\(escaped(text))</td>"
                }
            }
            // Why nothing can be said may be long, and has a row of its own.
            let reason = boot.reason.map {
                "<tr class=\"reason\"><td></td><td colspan=\"\(columns.count - 1)\">"
                    + "\(escaped($0))</td></tr>\n"
            }
            return "<tr>\(cells.joined())</tr>\n" + (reason ?? "")
        }
        return "<h2>Boots</h2>\n<table><tr>\(header)</tr>\n\(rows.joined())</table>\n"
    }

    private static func style(_ column: BootColumn) -> String {
        column.isNumber ? "number" : "word"
    }

    private static func list(_ title: String, _ lines: [String]) -> String {
        guard !lines.isEmpty else { return "" }
        return "<h2>\(title)</h2><ul>"
            + lines.map { "<li>\(escaped($0))</li>" }.joined(separator: "\n") + "</ul>\n"
    }

    private static let style = """
        body{font:15px/1.45 system-ui,sans-serif;max-width:68rem;margin:2rem auto;padding:0 1rem;\
        color:#1c2024;background:#fff}h1{font-size:1.4rem;margin:.2rem 0 .6rem}\
        h2{font-size:1.05rem;margin:1.8rem 0 .5rem}p{margin:.3rem 0}.small{color:#666}\
        table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;\
        padding:.3rem .6rem;border-top:1px solid #ddd}td{overflow-wrap:anywhere}\
        .number{text-align:right}.number,.word{white-space:nowrap}\
        code,pre{font:13px/1.5 ui-monospace,monospace;overflow-wrap:anywhere}\
        pre{background:#f4f5f7;padding:.6rem;margin:.4rem 0;white-space:pre-wrap}\
        svg{width:100%;background:#f8f9fa}svg text{font-size:12px;fill:#333;white-space:pre}\
        .good{fill:#2a7d3c;color:#2a7d3c}.bad{fill:#b3261e;color:#b3261e}\
        .skipped{fill:#9a6b00;color:#9a6b00}\
        .sides td{width:42%}.sides th{width:16%}.expected{color:#2a7d3c}.observed{color:#b3261e}\
        .findings td{width:35%}tr:first-child>*,.reason td,.lines td{border-top:0}.reason{color:#666}
        """
}
