// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
import Reports
import Testing

@Suite("What decides nothing and must not be overlooked")
struct RemarkTests {
    private func exposed(_ verdict: Verdict, simulation: String? = nil) throws -> RunReport {
        let sample = try Sample()
        let exposure = Finding(
            invariant: .msi(55), kind: .exposure, subject: "the map of the GICv2m at 0xe1184000",
            expected: "a granule of 64KiB", observed: "it opens a watchdog too",
            lines: [RawLine(file: "iomem", number: 7, text: "e1182000-e1182fff : watchdog")])
        var report = try sample.report()
        for index in report.cases.indices {
            report.cases[index].judgement = CaseJudgement(
                verdict: verdict, simulation: simulation, remarks: [exposure], results: [],
                keyFacts: [])
        }
        return report
    }

    @Test("A kernel with an exposure agrees, and every report says what is exposed")
    func exposures() throws {
        let report = try exposed(.agrees)
        let text = TextReport.render(report, ink: .plain)
        #expect(text.contains("agrees, 1 exposure"))
        #expect(text.contains("exposure: virt-v2m smoke/one-vector (2 cases)"))
        #expect(text.contains("it opens a watchdog too"))
        #expect(text.contains("iomem:7: e1182000-e1182fff : watchdog"))
        #expect(text.contains("4 cases: 4 agree; 4 with remarks, see above"))
        let junit = JUnitReport.render(report)
        #expect(junit.contains("failures=\"0\""))
        #expect(junit.contains("exposure: INV-55"))
        #expect(junit.contains("it opens a watchdog too"))
    }

    @Test("What was simulated is marked everywhere and counts nowhere")
    func simulations() throws {
        let finding = try Sample().finding
        let report = try exposed(.differs([finding]), simulation: "simulated board, mutant M5")
        let text = TextReport.render(report, ink: .plain)
        #expect(text.contains("differs, 1 exposure (simulated)"))
        #expect(text.contains("0 cases; 4 simulated, which say nothing of a kernel"))
        let junit = JUnitReport.render(report)
        #expect(junit.contains("failures=\"0\"") && !junit.contains("<failure"))
        #expect(junit.contains("skipped=\"2\""))
        #expect(junit.contains("simulated: simulated board, mutant M5: differs"))
    }

    @Test("A finding shows what it rests on")
    func bases() throws {
        var report = try Sample().report()
        let finding = Finding(
            invariant: .msi(26), subject: "step 4", expected: "0xfffff000 or 0xffffe000",
            observed: "0x08000000", basis: "one of 2: the mask is not known", lines: [])
        report.cases[0].judgement = CaseJudgement(
            verdict: .differs([finding]), results: [], keyFacts: [])
        #expect(
            TextReport.render(report, ink: .plain)
                .contains("highest-free-page: step 4  [one of 2: the mask is not known]"))
        #expect(JUnitReport.render(report).contains("(one of 2: the mask is not known)"))
    }
}
