// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import Foundation
import Judgement
import ResultArchive
import SystemPackage
import Testing
import Vocabulary

/// The documentation's table of reach is held to what it is made of, and that to runs.
@Suite("Which suite reaches which invariant")
struct ReachTests {
    private func committed() throws -> [Reach] {
        let file = repository.appending(path: "Results/Baselines/reach.json")
        return try JSONDecoder().decode(
            [Reach].self, from: Data(contentsOf: URL(filePath: file.string)))
    }

    @Test("The page is made of the table of coverage and of the file")
    func page() throws {
        let path = repository.appending(path: "Sources/Judgement/Judgement.docc/Coverage.md")
        let page = try String(contentsOfFile: path.string, encoding: .utf8)
        #expect(
            try page == CoverageTable.markdown + ReachTable.markdown(committed()),
            "write it anew: ./doorbell list invariants --coverage > \(path)")
    }

    @Test("A recorded run, judged today, holds what the file says", arguments: RecordedRun.smokes)
    func recorded(_ run: RecordedRun) throws {
        let kernel = run == .smokeOn61 ? "debian-6.1" : "debian-6.12"
        for board in try RunJudge(run.archived()).judge() {
            var reach = Reach(suite: "smoke", board: board.board.text, kernel: kernel)
            for entry in board.cases { reach.add(entry.outcome.name.text, entry.now) }
            let known = try #require(
                try committed().first {
                    $0.suite == "smoke" && $0.board == board.board.text && $0.kernel == kernel
                })
            // When those runs were recorded, no messages of host drivers' devices were read, and
            // nobody looked at the boards from outside.
            let later = Set(known.held).subtracting(reach.held).filter { !$0.hasPrefix("OBS-") }
            #expect(later.isSubset(of: ["INV-58"]) && Set(reach.held).isSubset(of: known.held))
            #expect(reach.cases == known.cases)
        }
    }

    @Test("What the file tells of is there: suites, and cases of theirs")
    func suites() throws {
        for reach in try committed() {
            let path = repository.appending("Suites").appending("\(reach.suite).yaml")
            let suite = try Suite(SourceText(path: path, namedAs: reach.suite))
            let names = Set(suite.cases.map(\.name.text))
            #expect(names.isSuperset(of: reach.cases), "\(reach.suite) has other cases now")
            #expect(!reach.held.isEmpty)
        }
    }

    @Test("Every name in the file is an invariant's")
    func names() throws {
        let all = Set(InvariantCatalogue.all.map(\.id.text))
        for reach in try committed() { #expect(all.isSuperset(of: reach.held)) }
    }

    @Test("What was simulated reaches nothing")
    func simulated() {
        var reach = Reach(suite: "s", board: "b", kernel: "k")
        let held = InvariantResult(invariant: .msi(1), state: .held(observations: 1))
        reach.add(
            "c",
            CaseJudgement(verdict: .agrees, simulation: "a board", results: [held], keyFacts: []))
        #expect(reach.held.isEmpty && reach.cases.isEmpty)
        reach.add("c", CaseJudgement(verdict: .agrees, results: [held], keyFacts: []))
        #expect(reach.held == ["INV-01"] && reach.cases == ["c"])
    }

    @Test("A cell names boards, and kernels where not all of them reach it")
    func cells() {
        let all = [
            Reach(suite: "s", board: "x", kernel: "1", held: ["INV-01", "INV-02"]),
            Reach(suite: "s", board: "x", kernel: "2", held: ["INV-01"]),
            Reach(suite: "s", board: "y", kernel: "1", held: ["INV-03", "INV-01"]),
            Reach(suite: "t", board: "y", kernel: "1", held: ["INV-03"]),
        ]
        let lines = ReachTable.markdown(all).split(separator: "\n")
        let rows = ["01", "02", "03", "04"].map { number in
            lines.first { $0.hasPrefix("| INV-\(number)") }?.split(separator: "|").suffix(2)
                .map { String($0) }
        }
        #expect(
            rows == [
                [" all ", "  "], [" x (1) ", "  "], [" y ", " all "], ["  ", "  "],
            ])
    }
}
