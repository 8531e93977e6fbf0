// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import ResultArchive
import Testing
import Vocabulary

@Suite("A whole run in one word")
struct RunConclusionTests {
    private func outcome(
        _ words: [CaseOutcome.Word], fault: FaultKind = .bench, interrupted: Bool = false,
        ofBoard boardFault: Fault? = nil
    ) throws -> RunOutcome {
        let board = try #require(BoardName("a"))
        let suite = try #require(SuiteName("s"))
        let cases = try words.enumerated().map { index, word in
            let account = Account(subject: "it", action: "go on", cause: "x")
            return JudgedOutcome(
                outcome: CaseOutcome(
                    board: board, suite: suite, name: try #require(CaseName("c\(index)")),
                    word: word,
                    fault: word == .inconclusive ? Fault(kind: fault, account: account) : nil,
                    took: .zero), judgement: nil)
        }
        return RunOutcome(
            boards: [BoardOutcome(board: board, kernel: nil, cases: cases, fault: boardFault)],
            wasInterrupted: interrupted, began: .now())
    }

    @Test("Agreement needs every case")
    func agreement() throws {
        #expect(try outcome([.agrees, .agrees]).conclusion == .agrees)
        #expect(try outcome([.agrees, .inconclusive]).conclusion == .inconclusive)
        #expect(try outcome([]).conclusion == .inconclusive)
    }

    @Test("A difference counts more than what is not known, and a stop more than all")
    func order() throws {
        #expect(try outcome([.differs, .inconclusive, .agrees]).conclusion == .differs)
        #expect(try outcome([.differs], interrupted: true).conclusion == .interrupted)
    }

    @Test("Only a mistake of ours is a failure of the run", arguments: FaultKind.allCases)
    func fault(kind: FaultKind) throws {
        let expected: RunConclusion = kind == .harness ? .failed : .inconclusive
        #expect(try outcome([.agrees, .inconclusive], fault: kind).conclusion == expected)
    }

    @Test("A board that failed behind its last case keeps the run from agreeing")
    func behindTheLastCase() throws {
        let account = Account(subject: "the console log", action: "be written", cause: "x")
        let fault = Fault(kind: .bench, account: account)
        #expect(try outcome([.agrees], ofBoard: fault).conclusion == .inconclusive)
        #expect(try outcome([.differs], ofBoard: fault).conclusion == .differs)
    }
}
