// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import Evidence
import Foundation
import Judgement
import ResultArchive
import SystemPackage
import Testing
import Vocabulary

/// `without-bus-master.json` is the verdict of that case of the suite traffic, as a virtual board's run
/// has it, without what nobody asks here.
@Suite("What cases show of the numbers that they measure")
struct MeasuredCaseTests {
    private func recorded() throws -> CaseJudgement {
        let path = repository.appending(
            path: "Tests/CampaignsTests/Fixtures/Measures/without-bus-master.json")
        return try JSONDecoder().decode(
            CaseJudgement.self, from: Data(contentsOf: URL(filePath: path.string)))
    }

    private func answer(
        _ judgement: CaseJudgement?, _ measure: String, _ side: MeasureThreshold.Side,
        _ value: String
    ) throws -> ProbeAnswer {
        let source = try SourceText(path: repository.appending(path: "Suites/traffic.yaml"))
        let suite = try Suite(source)
        let order = SuiteOrder(suite: suite, source: source, cases: suite.cases)
        let outcome = CaseOutcome(
            board: try #require(BoardName("virt-its")), suite: suite.name,
            name: try #require(CaseName("without-bus-master")), word: .agrees, took: .seconds(1))
        let board = BoardOutcome(
            board: outcome.board, kernel: nil,
            cases: [JudgedOutcome(outcome: outcome, judgement: judgement)], fault: nil)
        let sighting = ProbeSighting(
            RunOutcome(boards: [board], wasInterrupted: false, began: .now()), troubles: [],
            shapes: ShapeBook(), suites: [order])
        let threshold = MeasureThreshold(
            try #require(Measure(archived: measure)), side, try #require(Measured(value)))
        return Symptom.measure(threshold).answer(sighting)
    }

    @Test(
        "The worst vector decides, where all that ring were heard once",
        arguments: [
            ("latency-max", MeasureThreshold.Side.above, "711us", false),
            ("latency-max", .above, "712us", true), ("latency-p50", .below, "74us", true),
            ("latency-p50", .below, "75us", false), ("latency-p99", .above, "1ms", true),
        ])
    func worst(
        measure: String, side: MeasureThreshold.Side, value: String, isGood: Bool
    ) throws {
        let answer = try answer(try recorded(), measure, side, value)
        #expect(BisectStatus(answer) == (isGood ? .good : .bad), "\(answer)")
    }

    @Test("A vector that was never heard keeps the others from being good, and not from being bad")
    func silent() throws {
        let judgement = try recorded()
        #expect(judgement.silentVectors.isEmpty)
        let first = CaseJudgement(
            verdict: judgement.verdict, results: [], keyFacts: [],
            traffic: Array(judgement.traffic.prefix(1)))
        #expect(first.silentVectors == ["0000:00:02.0 vector 0"])
        guard
            case .cannotTell(.notJudged, let words) = try answer(
                first, "latency-p99", .above, "1ms")
        else {
            Issue.record("it is told")
            return
        }
        let place = "virt-its traffic/without-bus-master of 0000:00:02.0 vector 0"
        #expect(words == "latency-p99 was not shown by \(place)")
        #expect(BisectStatus(try answer(first, "latency-p99", .above, "1us")) == .bad)
        #expect(BisectStatus(try answer(nil, "latency-p99", .above, "1us")) == .cannotTell)
    }

    @Test("What no case of the suite measures is told so")
    func unknown() throws {
        guard case .cannotTell(_, let words) = try answer(try recorded(), "nap", .above, "1us")
        else {
            Issue.record("it is told")
            return
        }
        #expect(words == "no case measured nap")
    }
}
