// SPDX-License-Identifier: GPL-3.0-or-later

import Judgement
import ResultArchive
import Vocabulary

/// The report for a terminal: a table at a glance, then what a reader must know.
package enum TextReport {
    /// Renders a report, each line with its line end.
    ///
    /// A brief one names what no virtual board can show in one line; a verbose one says why each was
    /// not observed.
    package static func render(
        _ report: RunReport, ink: Ink, isVerbose: Bool = false
    ) -> String {
        let sections = [
            cases(report, ink), kernels(report, ink), generations(report), doorbells(report, ink),
            traffic(report, ink), measures(report, ink),
            report.cases.flatMap { findings(of: $0, ink) }, remarks(report, ink),
            faults(report, ink), foreignTests(report, ink, isVerbose: isVerbose),
            proofs(report, ink), troubles(report, ink), testaments(report, ink),
            unseen(report, ink, isVerbose: isVerbose), [summary(report, ink)],
        ]
        return sections.filter { !$0.isEmpty }.map { section in
            section.map { $0 + "\n" }.joined()
        }.joined(separator: "\n")
    }

    private static func cases(_ report: RunReport, _ ink: Ink) -> [String] {
        guard !report.cases.isEmpty else { return [] }
        var table = TextTable(header: ["board", "kernel", "case", "verdict", "time"], ink: ink)
        for found in report.cases {
            table.add([
                .init(text: found.board.text), .init(text: safe(found.kernel?.release ?? "—")),
                .init(text: found.title),
                .init(text: found.verdictText) { ink.verdict(found.word, $0) },
                .init(text: spoken(found.took), isRightAligned: true),
            ])
        }
        return table.lines
    }

    private static func doorbells(_ report: RunReport, _ ink: Ink) -> [String] {
        let places = DoorbellPlace.all(in: report)
        guard !places.isEmpty else { return [] }
        let header = ["board", "device", "doorbell IOVA", "physical page", "message address"]
        var table = TextTable(header: header, ink: ink)
        for place in places { table.add(place.cells.map { .init(text: $0) }) }
        return table.lines
    }

    private static func faults(_ report: RunReport, _ ink: Ink) -> [String] {
        var told: [Fault: [String]] = [:]
        var order: [Fault] = []
        for found in report.cases {
            guard case .inconclusive(let fault) = found.judgement.verdict else { continue }
            if told[fault] == nil { order.append(fault) }
            told[fault, default: []].append("\(found.board) \(found.title)")
        }
        return order.flatMap { fault in
            [
                ink.verdict(.inconclusive, "inconclusive (\(fault.kind.rawValue))") + ": "
                    + safe(fault.description)
            ] + (told[fault] ?? []).map { "    \($0)" }
        }
    }

    private static func summary(_ report: RunReport, _ ink: Ink) -> String {
        let words: [(Int, String)] = [
            (report.count(.agrees), report.count(.agrees) == 1 ? "agrees" : "agree"),
            (report.count(.differs), report.count(.differs) == 1 ? "differs" : "differ"),
            (report.count(.inconclusive), "inconclusive"),
        ]
        let counts = words.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        let cases = report.observed == 1 ? "1 case" : "\(report.observed) cases"
        let verdicts = counts.isEmpty ? "" : ": " + counts.joined(separator: ", ")
        let partial = report.isPartial ? "; the run was interrupted" : ""
        return ink.bold(cases + verdicts) + notes(report) + partial + "; \(spoken(report.took)); "
            + safe(report.folder)
    }

    /// What the counts of verdicts do not tell.
    private static func notes(_ report: RunReport) -> String {
        let exposed = report.cases.count { !$0.isSimulated && !$0.judgement.remarks.isEmpty }
        let simulated = report.cases.count - report.observed
        let synthetic = report.cases.count(where: \.judgement.isPartlySynthetic)
        return (exposed > 0 ? "; \(exposed) with remarks, see above" : "")
            + (synthetic > 0 ? "; \(synthetic) with synthetic interrupts" : "")
            + (simulated > 0 ? "; \(simulated) simulated, which say nothing of a kernel" : "")
    }
}
