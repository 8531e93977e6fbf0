// SPDX-License-Identifier: GPL-3.0-or-later

import Bisection
import Foundation
import Judgement
import Reports
import ResultArchive
import SystemPackage
import Testing
import Vocabulary

@Suite("A bisection as people see it")
struct BisectionReportTests {
    private let folder = BisectionFolder(FilePath("/r/2026-11-23T05-00-00Z-000001"))

    private func plan(_ noise: PlannedNoise? = nil) throws -> BisectionPlan {
        BisectionPlan(
            began: UTCInstant(milliseconds: 0), kind: .series, words: ["bisect"], directory: "/",
            revisions: (0...4).map {
                PlannedRevision(
                    Revision("000\($0)-p.patch"), title: "Do <\($0)>", author: "A <a@b>")
            }, boards: [try #require(BoardName("virt-its"))], symptom: "INV-07", noise: noise,
            notes: [])
    }

    private func entry(
        _ number: Int, _ observation: SearchRecord.Observation, finding: String? = nil
    ) -> BisectionEntry {
        let evidence = finding.map { subject in
            SymptomEvidence(findings: [
                Finding(
                    invariant: .msi(7), subject: subject, expected: "0x50", observed: "0x51",
                    lines: [])
            ])
        }
        return BisectionEntry(
            at: UTCInstant(milliseconds: 0),
            event: .probed(
                BisectionProbe(
                    record: SearchRecord(Revision("000\(number)-p.patch"), observation),
                    board: BoardName("virt-its"), run: "run-\(number)", evidence: evidence,
                    makeTook: .seconds(30), bootTook: .seconds(10))))
    }

    /// One whose symptom is a number.
    private func entry(
        _ number: Int, _ observation: SearchRecord.Observation, microseconds: UInt64
    ) -> BisectionEntry {
        let measured = MeasuredSymptom(
            threshold: MeasureThreshold(
                .latency(.percentile99), .above, Measured(nanoseconds: 300_000)),
            value: Measured(nanoseconds: microseconds * 1000), place: "virt-its traffic/rates")
        return BisectionEntry(
            at: UTCInstant(milliseconds: 0),
            event: .probed(
                BisectionProbe(
                    record: SearchRecord(Revision("000\(number)-p.patch"), observation),
                    board: BoardName("virt-its"), run: "run-\(number)",
                    evidence: SymptomEvidence(measured: measured), makeTook: .zero,
                    bootTook: .seconds(10))))
    }

    @Test("Numbers stand beside each other, good and bad, in every report")
    func measured() throws {
        let entries = [
            entry(4, .bad, microseconds: 412), entry(0, .good, microseconds: 85),
            entry(2, .good, microseconds: 101), entry(3, .bad, microseconds: 390),
        ]
        let story = try story(entries)
        let text = BisectionText.render(story, ink: .plain)
        let status = BisectionText.status(story, isRunning: false)
        let sides =
            "measured: latency-p99 good 85 µs to 101 µs, bad 390 µs to 412 µs; bad is above 300 µs"
        #expect(text.contains(sides), "\(text)")
        #expect(status.contains(sides), "\(status)")
        #expect(
            text.contains("    last good: latency-p99 101 µs in virt-its traffic/rates\n"),
            "\(text)")
        #expect(
            text.contains("    first bad: latency-p99 390 µs in virt-its traffic/rates\n"),
            "\(text)")
        #expect(text.contains("virt-its  bad           412 µs"), "\(text)")
        let page = BisectionPage.render(story)
        #expect(page.contains("<th class=\"number\">latency-p99</th>"), "\(page)")
        #expect(
            page.contains("<b>101 µs</b> in virt-its") && page.contains("<b>390 µs</b>"), "\(page)")
        let line = BisectionText.line(entries[0].event)
        #expect(line == "0004-p.patch is bad: latency-p99 412 µs in virt-its traffic/rates")
        let json = String(decoding: try JSONEncoder().encode(story), as: UTF8.self)
        #expect(json.contains("\"amount\":412000"), "\(json)")
    }

    private func story(_ entries: [BisectionEntry]) throws -> BisectionStory {
        let plan = try plan()
        let search = try Search(plan.history(), records: entries.compactMap(\.event.record))
        return BisectionStory(folder, plan, entries, search, reproduction: "./doorbell run smoke")
    }

    private var done: [BisectionEntry] {
        [
            entry(4, .bad, finding: "a\u{1b}[31m vector 0"), entry(0, .good),
            entry(2, .skipped(SkipReason(.doesNotBuild, "no such file"))), entry(1, .good),
            entry(3, .bad, finding: "a vector 0"),
        ]
    }

    @Test("What cannot be told apart is listed, with what was left out and why")
    func undecided() throws {
        let text = BisectionText.render(try story(done), ink: .plain)
        #expect(text.contains("the culprit is one of 2 revisions"), "\(text)")
        #expect(text.contains("    0002-p.patch: Do <2> (A <a@b>)"), "\(text)")
        #expect(text.contains("skipped: 0002-p.patch: no such file"), "\(text)")
    }

    @Test("The culprit is named with both sides of the change and the run that shows it")
    func culprit() throws {
        var entries = done
        entries[2] = entry(2, .good)
        let text = BisectionText.render(try story(entries), ink: .plain)
        #expect(text.contains("the culprit is 0003-p.patch: Do <3> (A <a@b>)"), "\(text)")
        #expect(text.contains("expected 0x50  |  observed 0x51"), "\(text)")
        #expect(text.contains("last good: 0002-p.patch"), "\(text)")
        #expect(text.contains("first bad: 0003-p.patch"), "\(text)")
        #expect(text.contains("5 boots (3 good, 2 bad, 0 skipped)"), "\(text)")
        #expect(text.contains("to see it again: ./doorbell run smoke"), "\(text)")
    }

    @Test("Neither a terminal nor a browser obeys what a kernel wrote")
    func safe() throws {
        let story = try story([entry(4, .bad, finding: "<b>\u{1b}[31m"), entry(0, .good)])
        let text = BisectionText.render(story, ink: .plain) + BisectionText.log(story)
        #expect(!text.contains("\u{1b}"))
        let page = BisectionPage.render(story)
        #expect(!page.contains("\u{1b}"))
        #expect(!page.contains("Do <4>"))
        #expect(page.contains("Do &lt;4&gt;"))
    }

    @Test("The log is git's own")
    func log() throws {
        var entries = done
        entries[2] = entry(2, .good)
        #expect(
            BisectionText.log(try story(entries)) == """
                git bisect start
                # bad: [0004-p.patch] Do <4>
                git bisect bad 0004-p.patch
                # good: [0000-p.patch] Do <0>
                git bisect good 0000-p.patch
                # good: [0002-p.patch] Do <2>
                git bisect good 0002-p.patch
                # good: [0001-p.patch] Do <1>
                git bisect good 0001-p.patch
                # bad: [0003-p.patch] Do <3>
                git bisect bad 0003-p.patch
                # first bad commit: [0003-p.patch] Do <3>

                """)
    }

    @Test("A status tells what is left and how long that takes")
    func status() throws {
        let open = try story([entry(4, .bad), entry(0, .good)])
        let text = BisectionText.status(open, isRunning: false)
        #expect(
            text.contains("4 candidates left, about 2 more boots, about 80.0 s"), "\(text)")
        let fault = Fault(
            kind: .bench,
            account: Account(subject: "it", action: "go on", cause: "no board is left"))
        let stopped = try story([
            entry(4, .bad), BisectionEntry(at: UTCInstant(milliseconds: 0), event: .stopped(fault)),
        ])
        #expect(BisectionText.status(stopped, isRunning: false).contains("no board is left"))
    }

    @Test("The JSON has what the text has")
    func json() throws {
        let bytes = try JSONEncoder().encode(try story(done))
        let object = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
        #expect(object["result"] as? String == "undecided")
        #expect((object["boots"] as? [Any])?.count == 5)
        #expect((object["candidates"] as? [Any])?.count == 2)
    }
}
