// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Judgement
import Reports
import ResultArchive
import SystemPackage
import Testing
import Vocabulary

@Suite("A report is made from an archive")
struct RunReportTests {
    @Test("An interrupted run tells what was concluded before")
    func interrupted() throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "doorbell-report-\(UUID())")
        defer {
            // A left-over folder in the temporary directory does no harm.
            try? FileManager.default.removeItem(at: folder)
        }
        let sample = try Sample()
        let path = try write(sample, below: FilePath(folder.path))
        let report = try RunReport(try ArchivedRun(path))
        #expect(report.isPartial)
        #expect(report.took == .seconds(40))
        #expect(report.cases.map(\.judgement) == [sample.differing, sample.inconclusive])
        #expect(report.cases.map(\.kernel) == [sample.kernel, sample.kernel])
        #expect(report.cases.map(\.took) == [.seconds(2), .seconds(3)])
    }

    /// Writes a run with a judged case and one that never reached the judge, and no manifest.
    private func write(_ sample: Sample, below folder: FilePath) throws -> FilePath {
        let names = try ["one-vector", "two-devices"].map { try #require(CaseName($0)) }
        let run = try RunArchive.create(in: folder)
        try run.record(
            .boardReady(board: sample.its, kernel: sample.kernel),
            at: UTCInstant(milliseconds: 10_000))
        let archived = try run.board(sample.its).openCase(names[0], of: sample.suite)
        try archived.write(sample.differing, of: sample.kernel)
        let verdicts = [sample.differing.verdict, sample.inconclusive.verdict]
        for (index, verdict) in verdicts.enumerated() {
            try run.record(
                .caseEnded(
                    CaseOutcome(
                        board: sample.its, suite: sample.suite, name: names[index],
                        verdict: verdict, took: .seconds(2 + index))),
                at: UTCInstant(milliseconds: 50_000))
        }
        return run.folder.path
    }
}
