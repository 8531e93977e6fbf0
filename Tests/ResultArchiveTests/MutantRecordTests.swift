// SPDX-License-Identifier: GPL-3.0-or-later

import FoundationEssentials
import Judgement
import ResultArchive
import SystemPackage
import Testing
import Vocabulary

@Suite("What becomes of a mutant is one word, and is kept")
struct MutantRecordTests {
    private func record(
        _ intended: [InvariantID], _ trials: [(CaseOutcome.Word, [InvariantID])],
        fault: Fault? = nil
    ) throws -> MutantRecord {
        let boards = try trials.enumerated().map { place, trial in
            MutantTrial(
                board: try #require(BoardName("b\(place)")), word: trial.0, broken: trial.1,
                kernel: nil, fault: nil)
        }
        return MutantRecord(
            name: try #require(KernelName("m")), base: try #require(KernelName("k")),
            suite: try #require(SuiteName("smoke")), intended: intended, boards: boards,
            compileTook: .milliseconds(1_500), runTook: .seconds(2), fault: fault)
    }

    @Test("It is caught where all that must fall falls on each board")
    func caught() throws {
        let both: [InvariantID] = [.msi(1), .msi(4)]
        let other: (CaseOutcome.Word, [InvariantID]) = (.differs, [.msi(9)])
        #expect(
            try record([.msi(4)], [(.differs, both), (.differs, [.msi(4)])]).outcome == .caught)
        #expect(try record(both, [(.differs, [.msi(4)])]).outcome == .caughtOtherwise)
        #expect(try record([.msi(4)], [(.differs, both), other]).outcome == .caughtOtherwise)
        #expect(try record([.msi(4)], [(.differs, both), (.agrees, [])]).outcome == .survived)
        #expect(
            try record([.msi(4)], [(.differs, both), (.inconclusive, [])]).outcome == .notJudged)
    }

    @Test("A change without effect must be quiet, and nothing is quiet that was not judged")
    func quiet() throws {
        #expect(try record([], [(.agrees, []), (.agrees, [])]).outcome == .quiet)
        #expect(try record([], [(.agrees, []), (.differs, [.msi(1)])]).outcome == .falseAlarm)
        #expect(try record([], [(.agrees, []), (.inconclusive, [])]).outcome == .notJudged)
        #expect(try record([], []).outcome == .notJudged)
        let fault = Fault(kind: .kernel, account: Account(subject: "a", action: "b", cause: "c"))
        #expect(try record([], [(.agrees, [])], fault: fault).outcome == .notJudged)
    }

    @Test("A record comes back under its key, and a damaged one does not")
    func shelf() throws {
        try withScratchFolder { folder in
            let shelf = MutantShelf(folder.appending("deep").appending("er"))
            let key = ContentHash(of: [1])
            #expect(shelf.record(key) == nil)
            let kept = try record([.msi(4)], [(.differs, [.msi(4)])])
            try shelf.keep(kept, under: key)
            #expect(shelf.record(key) == kept)
            #expect(shelf.record(ContentHash(of: [2])) == nil)
            let file = shelf.folder.appending("\(key.hexadecimal.prefix(32)).json")
            try "{".write(toFile: file.string, atomically: false, encoding: .utf8)
            #expect(shelf.record(key) == nil)
        }
    }

    @Test("The compiler's share is of all work")
    func share() throws {
        let mutants = [try record([.msi(4)], [(.differs, [.msi(4)])])]
        let matrix = MutantMatrix(
            mutants: mutants, tookMilliseconds: 3_000, known: 0, wasInterrupted: false)
        #expect(matrix.compilerShare == 1.5 / 3.5 && matrix.count(.caught) == 1)
        let empty = MutantMatrix(
            mutants: [], tookMilliseconds: 0, known: 0, wasInterrupted: false)
        #expect(empty.compilerShare == nil)
    }
}
