// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
import ReferenceModel
import Testing
import Vocabulary

/// Whose fault it is when nothing can be said of the kernel.
@Suite struct VerdictTests {
    private func fault(_ change: (inout Story) throws -> Void) throws -> Fault? {
        var story = try Story(.itsOn61, "smoke")
        try change(&story)
        guard case .inconclusive(let fault) = story.judgement().verdict else { return nil }
        return fault
    }

    @Test func lostEventsAreTheBenchsFault() throws {
        let fault = try fault { story in
            story.rewrite(.trace) { "CPU:0 [LOST 12 EVENTS]\n" + $0 }
        }
        #expect(fault?.kind == .bench)
        #expect(fault?.account.cause.contains("LOST 12 EVENTS") == true)
    }

    @Test func aLineThatNobodyCanReadIsOurs() throws {
        let fault = try fault { story in story.rewrite(.trace) { $0 + "half a li" } }
        #expect(fault?.kind == .harness)
        #expect(fault?.account.cause.contains("half a li") == true)
    }

    @Test func damagedEvidenceHidesInvariantsInsteadOfBreakingThem() throws {
        var story = try Story(.itsOn61, "smoke")
        story.rewrite(.trace) { String($0.prefix($0.count / 2)) }
        let results = story.judgement().results
        let broken = results.filter { if case .broken = $0.state { true } else { false } }
        #expect(broken == [])
        guard case .inconclusive = story.judgement().verdict else {
            Issue.record("a trace cut in the middle gave \(story.judgement().verdict)")
            return
        }
    }

    @Test func aCaseWithoutATraceDoesNotAgree() throws {
        #expect(try fault { $0.drop(.trace) }?.kind == .bench)
    }

    @Test func aStepThatWasNotCarriedOutIsNotPassedOver() throws {
        #expect(try fault { $0.record.steps[25].notDone = "the agent was gone" }?.kind == .harness)
    }

    @Test func anExpectationForOtherStepsIsRefused() throws {
        #expect(try fault { $0.expectation.steps.removeLast() }?.kind == .harness)
    }

    @Test func foreignProcessesDoNotCount() throws {
        var story = try Story(.itsOn61, "smoke")
        let page = story.doorbellPage
        let noise = "     kworker/u4:0-12      [001] .....     4.000001: map: IOMMU: "
        story.addTrace(noise + "iova=0x00000000ffffe000 - 0x00000000fffff000 \(page) size=4096")
        #expect(story.judgement().verdict == .agrees)
    }

    @Test func aHostDriverThatComesBackIsNotTheCases() throws {
        var story = try Story(.itsOn61, "smoke")
        let page = story.doorbellPage
        let head = "     cap-\(story.record.agentProcess)  [001] .....  9999.000001: "
        story.addTrace(
            head + "map: IOMMU: iova=0x00000000fffff000 - 0x0000000100000000 \(page) size=4096")
        #expect(story.judgement().verdict == .agrees)
    }

    @Test func aRingWhoseBeginningNobodyNotedAccusesNobody() throws {
        var story = try Story(.itsOn61, "smoke")
        for index in story.record.steps.indices {
            story.record.steps[index].ringing?.began = BoardInstant(rawValue: 0)
        }
        #expect(story.judgement().verdict == .agrees)
    }
}
