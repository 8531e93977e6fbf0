// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import Evidence
import Foundation
import Judgement
import ReferenceModel
import ResultArchive
import SystemPackage
import Testing
import Vocabulary

@Suite("Archived runs are judged again")
struct RunJudgeTests {
    @Test("Today's model says of recorded runs what was said then", arguments: RecordedRun.smokes)
    func history(_ run: RecordedRun) throws {
        let boards = try RunJudge(run.archived()).judge()
        #expect(boards.map(\.board.text) == ["virt-its", "virt-v2m"])
        for board in boards {
            #expect(board.kernel?.release.hasPrefix(run == .smokeOn61 ? "6.1." : "6.12.") == true)
            #expect(board.cases.count == 7)
            for entry in board.cases { try expectUnchanged(entry) }
        }
    }

    private func expectUnchanged(_ entry: CaseAgain) throws {
        let title = "\(entry.outcome.board) \(entry.outcome.suite)/\(entry.outcome.name)"
        #expect(entry.change == nil, "\(title)")
        #expect(entry.now.verdict == .agrees, "\(title)")
        #expect(entry.then.verdict == .agrees, "\(title)")
        #expect(entry.now.keyFacts == entry.then.keyFacts, "\(title)")
        #expect(entry.now.choice?.generation == .fixedWindowWithRanges, "\(title)")
        #expect(!entry.now.keyFacts.isEmpty, "\(title)")
    }

    @Test("A model that is wrong is found out, and the change is listed")
    func wrongWindow() throws {
        let overrides = ModelOverrides(windowBase: IOVA(rawValue: 0x0900_0000))
        let boards = try RunJudge(RecordedRun.smokeOn61.archived(), overrides: overrides)
            .judge(boards: ["virt-its"], cases: ["smoke/one-vector"])
        let entry = try #require(boards.first?.cases.first)
        #expect(boards.count == 1 && boards[0].cases.count == 1)
        let change = try #require(entry.change)
        #expect(change.before.word == "agrees" && change.now.word == "differs")
        #expect(change.appeared.contains { $0.invariant == .msi(4) })
        #expect(change.vanished.isEmpty && !change.sightingsDiffer)
        let outcome = RunOutcome(
            boards: boards.map(\.outcome), wasInterrupted: false,
            began: UTCInstant(milliseconds: 0))
        #expect(outcome.conclusion == .differs)
    }

    @Test("A kernel of another generation is found out", arguments: RecordedRun.smokes)
    func wrongGeneration(_ run: RecordedRun) throws {
        let judge = RunJudge(try run.archived(), overrides: ModelOverrides(generation: .mixed))
        let cases = try judge.judge(cases: ["one-vector"]).flatMap(\.cases)
        #expect(cases.count == 2)
        for entry in cases {
            #expect(entry.change?.appeared.contains { $0.invariant == .msi(26) } == true)
            #expect(entry.now.choice?.reason == "it was given by hand")
        }
    }

    @Test("Names that the run does not have are told with those that it has")
    func unknownNames() throws {
        let judge = try RunJudge(RecordedRun.smokeOn61.archived())
        #expect(throws: UnknownName.self) { try judge.judge(boards: ["virt-v3m"]) }
        #expect(throws: UnknownName.self) { try judge.judge(cases: ["one-vektor"]) }
    }

    @Test("Evidence that is missing is no verdict of the kernel")
    func missingEvidence() throws {
        try RecordedRun.smokeOn61.withCopy { path in
            let trace = path.appending(path: "boards/virt-its/cases/smoke/one-vector/trace.txt")
            try FileManager.default.removeItem(atPath: trace.string)
            #expect(throws: ArchiveError.self) { try RunJudge(ArchivedRun(path)).judge() }
            try Data().write(to: URL(filePath: trace.string))
            let now = try RunJudge(ArchivedRun(path))
                .judge(boards: ["virt-its"], cases: ["one-vector"])
            #expect(now.first?.cases.first?.now.verdict.word != "agrees")
        }
    }

    @Test("A case that a fault ended in the middle keeps its fault")
    func endedInTheMiddle() throws {
        try RecordedRun.smokeOn61.withCopy { path in
            let journal = path.appending("journal.jsonl")
            let text = try String(contentsOfFile: journal.string, encoding: .utf8)
            try text.replacing("\"steps\":8", with: "\"steps\":9")
                .write(toFile: journal.string, atomically: true, encoding: .utf8)
            let judge = try RunJudge(
                ArchivedRun(path),
                overrides: ModelOverrides(windowBase: IOVA(rawValue: 0x0900_0000)))
            let again = try judge.judge(boards: ["virt-its"], cases: ["one-vector"])
            let entry = try #require(again.first?.cases.first)
            #expect(entry.change == nil)
        }
    }
}

@Suite("A kernel's recipe states its generation")
struct StatedDesignTests {
    @Test("What is stated goes before the version, and the judgement says who stated it")
    func stated() throws {
        let run = try RecordedRun.smokeOn61.archived()
        let boards = try run.boards()
        let board = try #require(boards.first)
        let read = try board.record()
        let record = try #require(read)
        var kernel = try #require(record.kernel)
        #expect(kernel.design == nil)
        kernel.design = StatedDesign(generation: .mixed, series: 7)
        let cases = try board.cases()
        let one = try cases.first { $0.name.text == "one-vector" }?.record()
        let found = try #require(one)
        let judge = CaseJudge(
            board: BoardEvidence(texts: record.texts), kernel: kernel, overrides: .none)
        let judgement = try judge.judge(found)
        #expect(
            judgement.choice
                == GenerationChoice(
                    .mixed, because: "recipe debian-6.1 states it, at patches 1 to 7 of 11"))
    }
}

@Suite("A lab states what firmware does not tell")
struct StatedDoorbellTests {
    private func judged(stating doorbells: [DoorbellNode]?) throws -> CaseAgain {
        var found: CaseAgain?
        try RecordedRun.smokeOn61.withCopy { path in
            let file = path.appending(path: "boards/virt-v2m/board.json")
            let bytes = try Data(contentsOf: URL(filePath: file.string))
            var record = try JSONDecoder().decode(BoardRecord.self, from: bytes)
            record.texts.removeAll { $0.source == .deviceTree || $0.source == .bootLog }
            record.doorbells = doorbells
            try JSONEncoder().encode(record).write(to: URL(filePath: file.string))
            let again = try RunJudge(ArchivedRun(path))
                .judge(boards: ["virt-v2m"], cases: ["one-vector"])
            found = again.first?.cases.first
        }
        return try #require(found)
    }

    @Test("Without either nothing can be said, with the lab's word the case is judged")
    func stated() throws {
        #expect(try judged(stating: nil).now.verdict.word == "inconclusive")
        let spis = InterruptID(rawValue: 80)...InterruptID(rawValue: 143)
        let frame = DoorbellNode(
            kind: .frame(spis: spis), base: PhysicalAddress(rawValue: 0x0802_0000), handle: nil,
            name: "the lab file", lines: [])
        #expect(try judged(stating: [frame]).now.verdict == .agrees)
    }

    @Test("A lab that states the wrong place is found out")
    func wrong() throws {
        let spis = InterruptID(rawValue: 80)...InterruptID(rawValue: 143)
        let frame = DoorbellNode(
            kind: .frame(spis: spis), base: PhysicalAddress(rawValue: 0x0803_0000), handle: nil,
            name: "the lab file", lines: [])
        #expect(try judged(stating: [frame]).now.verdict.word == "differs")
    }
}
