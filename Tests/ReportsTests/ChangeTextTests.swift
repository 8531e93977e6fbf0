// SPDX-License-Identifier: GPL-3.0-or-later

import Judgement
import ReferenceModel
import Reports
import Testing

@Suite("What is concluded otherwise is told")
struct ChangeTextTests {
    @Test("Nothing changed, and how many were looked at")
    func unchanged() {
        #expect(
            ChangeText.render([], of: 14, ink: .plain)
                == "unchanged: all 14 cases judged as then\n")
    }

    @Test("Then and now stand beside each other, with the findings that came")
    func changed() throws {
        let sample = try Sample()
        let change = try #require(VerdictChange(from: sample.agreeing, to: sample.differing))
        let text = ChangeText.render([("virt-its smoke/one-vector", change)], of: 2, ink: .plain)
        let lines = text.split(separator: "\n")
        #expect(lines[0] == "changed: virt-its smoke/one-vector: agrees then, differs now")
        #expect(lines[1].hasPrefix("    now also  INV-01: 0000:00:02.0 vector 0: expected"))
        #expect(lines.last == "    doorbells are seen elsewhere than then")
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }
}

@Suite("Reports say which generation a kernel was held against")
struct GenerationReportTests {
    private func report() throws -> RunReport {
        var report = try Sample().report()
        for index in report.cases.indices where !report.cases[index].judgement.results.isEmpty {
            let old = report.cases[index].judgement
            report.cases[index].judgement = CaseJudgement(
                verdict: old.verdict,
                choice: GenerationChoice(.mixed, because: "recipe rfc states it"),
                results: old.results, keyFacts: old.keyFacts)
        }
        return report
    }

    @Test("The text has a line for each choice, with its boards and its reason")
    func text() throws {
        let text = TextReport.render(try report(), ink: .plain)
        #expect(text.contains("\ngeneration RFC on virt-v2m, virt-its: recipe rfc states it\n"))
    }

    @Test("JUnit has it among the properties")
    func junit() throws {
        let text = JUnitReport.render(try report())
        #expect(text.contains("<property name=\"generation\" value=\"RFC\"/>"))
        #expect(
            text.contains("<property name=\"generation.because\" value=\"recipe rfc states it\"/>"))
    }
}
