// SPDX-License-Identifier: GPL-3.0-or-later

import Reports
import Testing

@Suite("The report for a terminal")
struct TextReportTests {
    @Test("A person reads board, kernel, case, verdict and time, then what matters")
    func plain() throws {
        let text = TextReport.render(try Sample().report(), ink: .plain)
        try expectGolden(text, "report.txt")
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }

    @Test("On a terminal the verdicts are coloured, and nothing else differs")
    func coloured() throws {
        let report = try Sample().report()
        let text = TextReport.render(report, ink: .coloured)
        #expect(text.contains("\u{1b}[32magrees\u{1b}[0m"))
        #expect(text.contains("\u{1b}[31mdiffers\u{1b}[0m"))
        #expect(text.contains("\u{1b}[33minconclusive\u{1b}[0m"))
        let bare = text.replacing(/\u{1b}\[[0-9]+m/, with: "")
        #expect(bare == TextReport.render(report, ink: .plain))
    }

    @Test("A run without cases, and one that was interrupted, say so")
    func partial() throws {
        var report = try Sample().report()
        report.cases = []
        report.isPartial = true
        #expect(
            TextReport.render(report, ink: .plain)
                == "0 cases; the run was interrupted; 3 min 10 s; "
                + "Results/Runs/2026-11-22T16-31-06Z-3f9a1c\n")
    }
}
