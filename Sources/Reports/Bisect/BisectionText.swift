// SPDX-License-Identifier: GPL-3.0-or-later

import Bisection
import Evidence
import Judgement
package import ResultArchive
import Vocabulary

/// A bisection for a terminal: the culprit, what it rests on, and every boot.
package enum BisectionText {
    /// Renders a story, finished or not.
    package static func render(_ story: BisectionStory, ink: Ink) -> String {
        let parts =
            [boots(story, ink), evidence(story, ink)]
            + [notes(story), faults(story), headline(story, ink)]
        return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
            .joined(separator: "\n\n") + "\n"
    }

    /// Something that was learned, in a line; nothing for what only the journal needs.
    package static func line(_ event: BisectionEvent) -> String? {
        switch event {
        case .identified, .resumed: nil
        case .probed(let probe):
            switch probe.record.observation {
            case .good: "\(probe.record.revision) is good\(measured(probe))"
            case .bad: "\(probe.record.revision) is bad\(measured(probe))"
            case .skipped(let reason): "\(probe.record.revision) is left out: \(safe(reason.words))"
            case .binary: nil
            }
        case .faulted(let revision, _, let fault):
            "the bench failed with \(revision): \(safe(fault.description))"
        case .boardLost(let board, _): "\(board) is left out from here on"
        case .boardsChosen(let boards):
            "goes on with " + boards.map(\.text).joined(separator: ", ")
        case .stopped(let fault): "stopped: \(safe(fault.description))"
        }
    }

    private static func measured(_ probe: BisectionProbe) -> String {
        probe.evidence?.measured.map { ": \(safe(MeasuredText.whole($0)))" } ?? ""
    }

    /// How far a bisection is, and what it still takes.
    package static func status(_ story: BisectionStory, isRunning: Bool) -> String {
        let times = story.boots.map { $0.makeMilliseconds + $0.bootMilliseconds }
        let mean = times.isEmpty ? 0 : times.reduce(0, +) / Int64(times.count)
        let rounds = (story.remainingBoots + story.boards.count - 1) / max(1, story.boards.count)
        let time = mean > 0 ? ", about \(spoken(.milliseconds(mean * Int64(rounds))))" : ""
        var lines = [
            "bisection \(story.name): \(story.revisions) revisions, good \(short(story.good)), "
                + "bad \(short(story.bad))",
            "looked for: \(safe(story.symptom)); on \(story.boards.map(\.text).joined(separator: ", "))",
            "\(story.boots.count) boots so far" + (isRunning ? "; a process is at it" : ""),
        ]
        if let line = MeasuredText.sides(story) { lines.append(line) }
        if story.result == .open || story.result == .stopped {
            lines.append(
                "\(story.remainingCandidates) candidates left, about \(story.remainingBoots) more "
                    + "boots\(time)")
        }
        return (lines + [conclusion(story)]).joined(separator: "\n") + "\n"
    }

    /// The boots as `git bisect log` writes them, which `git bisect replay` reads.
    package static func log(_ story: BisectionStory) -> String {
        func line(_ word: String, _ revision: PlannedRevision) -> [String] {
            [
                "# \(word): [\(revision.revision)] \(revision.title)",
                "git bisect \(word) \(revision.revision)",
            ]
        }
        // A kernel that was booted again and again counts once, as what it was found to be.
        var verdicts: [Revision: BisectionBoot.Verdict] = [:]
        for boot in story.boots where verdicts[boot.revision.revision] != .bad {
            verdicts[boot.revision.revision] = boot.verdict
        }
        var told: Set<Revision> = []
        var lines = ["git bisect start"]
        for boot in story.boots where told.insert(boot.revision.revision).inserted {
            let verdict = verdicts[boot.revision.revision] ?? boot.verdict
            lines += line(verdict == .skipped ? "skip" : verdict.rawValue, boot.revision)
        }
        if story.result == .culprit, let culprit = story.candidates.first {
            lines.append("# first bad commit: [\(culprit.revision)] \(culprit.title)")
        }
        return lines.map { safe($0) }.joined(separator: "\n") + "\n"
    }

    private static func boots(_ story: BisectionStory, _ ink: Ink) -> [String] {
        guard !story.boots.isEmpty else { return [] }
        let columns = BootColumn.all(of: story)
        var table = TextTable(header: columns.map(\.name), ink: ink)
        for (number, boot) in story.boots.enumerated() {
            table.add(
                columns.map { column in
                    let isVerdict = column.name == BootColumn.verdict
                    return TextTable.Cell(
                        text: column.text(number + 1, boot),
                        paint: { isVerdict ? ink.verdict(boot.verdict.word, $0) : $0 },
                        isRightAligned: column.isNumber)
                })
        }
        let reasons = story.boots.compactMap { boot in
            boot.reason.map { "skipped: \(short(boot.revision)): \(safe($0))" }
        }
        return table.lines + reasons
    }

    /// What the first bad one showed, and the kernels on both sides of the change.
    private static func evidence(_ story: BisectionStory, _ ink: Ink) -> [String] {
        guard let bad = story.firstBad else { return [] }
        let findings = (bad.evidence?.findings ?? []).prefix(3).flatMap { finding in
            ["    " + ink.bold("\(finding.invariant)") + ": \(safe(finding.subject))"]
                + TextReport.sideBySide(finding).map { "        " + $0 }
        }
        let troubles = (bad.evidence?.troubles ?? []).prefix(3).map { "    \(safe($0.title))" }
        let sides: [(String, BisectionBoot?)] = [("last good", story.lastGood), ("first bad", bad)]
        let numbers = sides.compactMap { label, boot in
            boot?.evidence?.measured.map { "    \(label): \(safe(MeasuredText.whole($0)))" }
        }
        let kernels = sides.compactMap { label, boot in
            boot.map { "\(label): \(identity($0))" }
        }
        return ["what it shows"] + findings + troubles + numbers + kernels
    }

    static func identity(_ boot: BisectionBoot) -> String {
        let kernel = boot.kernel.map { kernel in
            ", \(safe(kernel.release)), build ID \(safe(kernel.buildID ?? "—"))"
                + (kernel.image.map { ", image \($0.hexadecimal.prefix(16))…" } ?? "")
        }
        return "\(short(boot.revision))\(kernel ?? "")"
    }

    private static func notes(_ story: BisectionStory) -> [String] {
        story.notes.map { "note: \(safe($0))" }
    }

    private static func faults(_ story: BisectionStory) -> [String] {
        story.faults.map { "bench: \(safe($0))" }
    }

    private static func headline(_ story: BisectionStory, _ ink: Ink) -> [String] {
        var lines = [ink.bold(conclusion(story))]
        if let line = rest(story) { lines.append(line) }
        if let line = MeasuredText.sides(story) { lines.append(line) }
        if story.result == .undecided { lines += story.candidates.map { "    " + title($0) } }
        if let command = story.reproduction { lines.append("to see it again: \(safe(command))") }
        return lines
    }

    /// What it came to, in one line.
    package static func conclusion(_ story: BisectionStory) -> String {
        switch story.result {
        case .culprit: "the culprit is " + (story.candidates.first.map(title) ?? "unknown")
        case .undecided: "the culprit is one of \(story.candidates.count) revisions"
        case .contradicted, .wrongEnd, .stopped: safe(story.sentence ?? "")
        case .open:
            "not done: \(story.remainingCandidates) candidates are left, about "
                + "\(story.remainingBoots) boots"
        }
    }

    /// How sure it is, and what that rests on.
    static func rest(_ story: BisectionStory) -> String? {
        guard let confidence = story.confidence else { return nil }
        let counts = [BisectionBoot.Verdict.good, .bad, .skipped].map { verdict in
            "\(story.boots.count { $0.verdict == verdict }) \(verdict.rawValue)"
        }
        let boots = "\(story.boots.count) boots (\(counts.joined(separator: ", ")))"
        guard let shows = story.shows else {
            return "certain if the symptom always shows: \(boots), both ends among them"
        }
        return "confidence \(percent(confidence)): \(boots); the symptom shows in about "
            + "\(percent(shows)) of boots"
    }

    static func percent(_ share: Double) -> String {
        let tenths = Int((share * 1000).rounded(.down))
        return "\(tenths / 10).\(tenths % 10) %"
    }

    /// A whole name with its title and author.
    static func title(_ revision: PlannedRevision) -> String {
        let author = revision.author.map { " (\($0))" } ?? ""
        return safe("\(revision.revision): \(revision.title)\(author)")
    }

    /// A name short enough for a table.
    static func short(_ revision: PlannedRevision) -> String {
        let name = revision.revision.text
        let isHash = name.count == 40 && name.allSatisfy(\.isHexDigit)
        return safe(isHash ? String(name.prefix(12)) : name)
    }
}

extension BisectionStory {
    /// What was measured, where the symptom is a number.
    var measure: Measure? { boots.compactMap { $0.evidence?.measured?.threshold.measure }.first }
}

extension BisectionBoot.Verdict {
    fileprivate var word: CaseOutcome.Word {
        switch self {
        case .good: .agrees
        case .bad: .differs
        case .skipped: .inconclusive
        }
    }
}
