// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
import Reports
import ResultArchive
import Testing
import Vocabulary

@Suite("Live progress")
struct ProgressTests {
    /// A run on two boards, of which one loses its connection.
    private func story() throws -> [(seconds: Int64, event: JournalEvent)] {
        let sample = try Sample()
        let (v2m, its, suite) = (sample.v2m, sample.its, sample.suite)
        let one = try #require(CaseName("one-vector"))
        let step = StepRecord(index: 0, step: .allowUnsafeInterrupts(true))
        return [
            (0, .runBegan(command: ["doorbell", "run"], cases: [v2m: 2, its: 2])),
            (0, .boardBooting(board: v2m)), (0, .boardBooting(board: its)),
            (5, .boardReady(board: v2m, kernel: sample.kernel)),
            (5, .caseBegan(board: v2m, suite: suite, name: one, steps: 8)),
            (6, .stepDone(board: v2m, suite: suite, name: one, step: step)),
            (7, .boardReady(board: its, kernel: sample.kernel)),
            (
                8,
                .caseEnded(
                    CaseOutcome(
                        board: v2m, suite: suite, name: one, verdict: sample.agreeing.verdict,
                        took: .milliseconds(3_040)))
            ),
            (9, .faulted(board: its, fault: sample.fault)), (9, .boardReleased(board: its)),
            (10, .stopRequested), (11, .boardReleased(board: v2m)), (11, .runEnded),
        ]
    }

    private func told(by progress: Progress) throws -> String {
        var progress = progress
        var text = ""
        for (seconds, event) in try story() {
            text += progress.hear(event, at: UTCInstant(milliseconds: seconds * 1_000))
        }
        return text + progress.finish()
    }

    @Test("In a file there are only lines that stay")
    func plain() throws {
        let text = try told(by: Progress(columns: nil, ink: .plain))
        try expectGolden(text, "progress.txt")
        #expect(!text.contains("\u{1b}"))
    }

    @Test("On a terminal the last line is rewritten and in the end removed")
    func live() throws {
        let text = try told(by: Progress(columns: 100, ink: .plain))
        let shown = text.replacing("\r\u{1b}[2K", with: "⏎\n")
        try expectGolden(shown, "progress-live.txt")
        #expect(text.hasSuffix("\r\u{1b}[2K"))
        #expect(screen(after: text) == (try told(by: Progress(columns: nil, ink: .plain))))
    }

    @Test("The last line never wraps", arguments: [1, 2, 20, 40])
    func narrow(_ columns: Int) throws {
        var progress = Progress(columns: columns, ink: .plain)
        for (seconds, event) in try story() {
            let text = progress.hear(event, at: UTCInstant(milliseconds: seconds * 1_000))
            let last = text.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
            #expect(last.replacing("\r\u{1b}[2K", with: "").count <= max(1, columns - 1))
        }
    }

    @Test("Time goes on in the last line between events")
    func tick() throws {
        let sample = try Sample()
        var progress = Progress(columns: 80, ink: .plain)
        #expect(progress.tick(at: UTCInstant(milliseconds: 0)) == "")
        let began = JournalEvent.runBegan(command: [], cases: [sample.its: 1])
        _ = progress.hear(began, at: UTCInstant(milliseconds: 0))
        _ = progress.hear(.boardBooting(board: sample.its), at: UTCInstant(milliseconds: 0))
        #expect(
            progress.tick(at: UTCInstant(milliseconds: 4_200))
                == "\r\u{1b}[2Kvirt-its booting 4 s")
    }

    /// What a terminal shows after the text, given that it only erases its last line.
    private func screen(after text: String) -> String {
        var lines = [""]
        for piece in text.split(separator: "\r\u{1b}[2K", omittingEmptySubsequences: false) {
            lines[lines.count - 1] = ""
            let parts = piece.split(separator: "\n", omittingEmptySubsequences: false)
            lines[lines.count - 1] += parts.first ?? ""
            lines += parts.dropFirst().map(String.init)
        }
        return lines.joined(separator: "\n")
    }
}
