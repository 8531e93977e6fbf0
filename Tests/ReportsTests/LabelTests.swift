// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
import ReferenceModel
import Reports
import ResultArchive
import Testing
import Vocabulary

@Suite("Reports say what was proved, and what no device did")
struct LabelTests {
    private static let proofs = [
        Proof(step: 7, weight: .proved, sentence: "a wrote b's message: b rang once."),
        Proof(step: 8, weight: .open, sentence: "whether it was refused was not seen."),
        Proof(step: 9, weight: .synthetic, sentence: "VFIO itself signalled \u{1b}[31mvector 0."),
    ]

    private func report(_ judgement: CaseJudgement) throws -> RunReport {
        var report = try Sample().report()
        report.cases = [report.cases[0]]
        report.cases[0].judgement = judgement
        return report
    }

    @Test("Each sentence stands under how far it goes, with its case and step")
    func sentences() throws {
        let report = try report(
            CaseJudgement(verdict: .agrees, results: [], keyFacts: [], proofs: Self.proofs))
        let text = TextReport.render(report, ink: .plain)
        let head = "\n    virt-v2m smoke/one-vector\n        "
        #expect(text.contains("proved\(head)step 7: a wrote b's message: b rang once."))
        #expect(text.contains("tried, and not proved\(head)step 8: whether"))
        #expect(text.contains("synthetic\(head)step 9: VFIO itself signalled \\u{1b}[31mvector 0."))
        #expect(text.contains("agrees, partly synthetic"))
        #expect(text.contains("1 case: 1 agrees; 1 with synthetic interrupts"))
        let junit = JUnitReport.render(report)
        #expect(junit.contains("proved: step 7: a wrote b"))
        #expect(junit.contains("synthetic: step 9: VFIO itself"))
    }

    @Test("Progress labels what is synthetic and what is simulated")
    func progress() throws {
        let sample = try Sample()
        var outcome = CaseOutcome(
            board: sample.v2m, suite: sample.suite, name: try #require(CaseName("c")),
            word: .agrees, took: .seconds(1))
        outcome.isPartlySynthetic = true
        outcome.simulation = "a simulated board"
        var progress = Progress(columns: nil, ink: .plain)
        let line = progress.hear(.caseEnded(outcome), at: UTCInstant(milliseconds: 0))
        #expect(line == "virt-v2m: smoke/c agrees, partly synthetic, simulated (1.0 s)\n")
    }

    @Test("What no virtual board shows folds into one line, and --verbose says why")
    func folding() throws {
        let unseen = [InvariantID.msi(50), .msi(55), .msi(22)].map {
            InvariantResult(invariant: $0, state: .notObserved(reason: "because of \($0)"))
        }
        let choice = GenerationChoice(.fixedWindowWithRanges, because: "5.4 or later")
        let report = try report(
            CaseJudgement(verdict: .agrees, choice: choice, results: unseen, keyFacts: []))
        let brief = TextReport.render(report, ink: .plain)
        #expect(
            brief.contains(
                """
                not observed
                    INV-22  because of INV-22
                    INV-50, INV-55: no virtual board can show them (--verbose says why)

                """))
        let verbose = TextReport.render(report, ink: .plain, isVerbose: true)
        #expect(verbose.contains("    INV-55  because of INV-55\n"))
        #expect(!verbose.contains("--verbose"))
    }

    @Test("Tests of a foreign program are cases of their own")
    func foreign() throws {
        let tests = [
            ForeignTest(name: "a", outcome: .passed),
            ForeignTest(name: "b <&>", outcome: .failed),
            ForeignTest(name: "c", outcome: .skipped(reason: "no card")),
            ForeignTest(name: "d", outcome: .failedAsKnown(reason: "old")),
        ]
        let finding = Finding(
            invariant: .foreign(1), kind: .foreign, subject: "check.c: b <&>", expected: "ok",
            observed: "not ok", basis: Basis.foreign, lines: [])
        let report = try report(
            CaseJudgement(
                verdict: .differs([finding]), results: [], keyFacts: [], tests: tests))
        let text = TextReport.render(report, ink: .plain)
        #expect(
            text.contains(
                """
                tests of virt-v2m smoke/one-vector: 1 not ok, 1 known, 1 skipped, 1 ok
                    not ok   b <&>
                    skipped  c: no card
                    known    d: old
                    ok       a

                """))
        #expect(text.contains("FOREIGN-01  foreign-tests-pass: check.c: b <&>  [its author's]"))
        let junit = JUnitReport.render(report)
        #expect(junit.contains("tests=\"5\" ") && junit.contains("failures=\"2\""))
        #expect(junit.contains("skipped=\"2\""))
        #expect(junit.contains("name=\"b &lt;&amp;&gt;\""))
        #expect(junit.contains("classname=\"smoke.virt-v2m.one-vector\""))
    }
}
