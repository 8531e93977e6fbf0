// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Foundation
import Judgement
import ReferenceModel
import Testing
import Vocabulary

// Swift Testing has an `Expectation` too.
import struct ReferenceModel.Expectation

/// What real kernels did, judged.
@Suite struct RecordedCaseTests {
    @Test(arguments: RecordedBoard.allCases)
    func theSmokeCaseAgrees(_ recorded: RecordedBoard) throws {
        let judgement = try Story(recorded, "smoke").judgement()
        #expect(judgement.verdict == .agrees)
        let unseen = judgement.results.filter {
            if case .notObserved = $0.state { true } else { false }
        }
        // Nobody stormed, the board did not sleep, its stage is not told, and no host driver armed.
        let open: Set<InvariantID> = [.msi(33), .msi(49), .msi(50), .msi(56), .msi(58)]
        #expect(unseen.filter { !open.contains($0.invariant) } == [])
    }

    @Test(arguments: RecordedBoard.allCases)
    func theReportShowsWhereInterruptsGo(_ recorded: RecordedBoard) throws {
        let sighting = try #require(try Story(recorded, "smoke").judgement().keyFacts.first)
        let page: UInt64 = recorded.isITS ? 0x0809_0000 : 0x0802_0000
        #expect(sighting.iova == IOVA(rawValue: 0x0800_0000))
        #expect(sighting.page == PhysicalAddress(rawValue: page))
        #expect(sighting.message?.address == MessageAddress(rawValue: 0x0800_0040))
    }

    @Test(arguments: RecordedBoard.allCases)
    func aGroupWithoutIsolatedInterruptsIsRefused(_ recorded: RecordedBoard) throws {
        let story = try Story(recorded, "deny")
        let refused = Outcome.refused(calls: ["VFIO_SET_IOMMU"], errno: .notPermitted)
        #expect(story.expectation.steps[1].outcome == (recorded.isITS ? .succeeds : refused))
        #expect(story.judgement().verdict == .agrees)
    }

    @Test(arguments: RecordedBoard.allCases)
    func aModelWithAShiftedWindowDiffersAndNamesTheAddress(_ recorded: RecordedBoard) throws {
        var story = try Story(recorded, "smoke")
        let base = IOVA(rawValue: 0x0900_0000)
        story.expectation = try Story.predict(
            story.record, story.board, overrides: ModelOverrides(windowBase: base))
        guard case .differs(let findings) = story.judgement().verdict else {
            Issue.record("a wrong model agreed")
            return
        }
        let named = findings.filter { $0.expected.contains("\(base)") }
        #expect(named.contains { $0.invariant == .msi(4) })
    }

    @Test func anSMMUEventInTheLogIsAFinding() throws {
        var story = try Story(.itsOn61, "smoke")
        let fault = try RecordedBoard.itsOn61.string("fault-log.txt")
        story.rewrite(.log) { $0 + fault }
        #expect(story.state(of: .log(1)).map { "\($0)" }?.contains("event 0x10 received") == true)
    }

    @Test func judgementsSurviveTheArchive() throws {
        var story = try Story(.v2mOn61, "smoke")
        story.record.steps[10].ringing?.arrived = 99
        let judgement = story.judgement()
        let data = try JSONEncoder().encode(judgement)
        #expect(try JSONDecoder().decode(CaseJudgement.self, from: data) == judgement)
        let expected = try JSONEncoder().encode(story.expectation)
        #expect(try JSONDecoder().decode(Expectation.self, from: expected) == story.expectation)
    }
}
