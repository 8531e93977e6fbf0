// SPDX-License-Identifier: GPL-3.0-or-later

import Campaigns
import ReferenceModel
import SystemPackage
import Testing
import Vocabulary

@Suite("The RFC's own scenario")
struct RFCSuiteTests {
    @Test("It has a prediction after each patch of the series", arguments: 0...11)
    func series(_ count: Int) throws {
        for board in ["virt-v2m", "virt-its", "overdrive"] {
            let cases = try predictions(on: board, as: .mixed, series: count)
            #expect(cases.count == 10)
            for found in cases {
                for step in found.expectation.steps { expectPossible(step, found) }
            }
        }
    }

    @Test("The author's own case rings on his board when all patches are applied, and not before")
    func author() throws {
        for count in 0...11 {
            let cases = try predictions(on: "overdrive", as: .mixed, series: count)
            let found = try #require(cases.first)
            #expect(found.name.text == "single-assignment")
            let arrivals = found.expectation.steps.compactMap(\.arrivals)
            #expect(arrivals == [count == 11 ? 1000 : 0], "after patch \(count)")
        }
    }

    @Test("Its doorbell is the highest page that user memory left, and later kernels' the lowest")
    func places() throws {
        let expected: [(Generation, String, UInt64)] = [
            (.mixed, "single-assignment", 0xffff_f000), (.mixed, "mapped-before", 0xffff_e000),
            (.fixedWindowWithRanges, "mapped-before", 0x0800_0000),
        ]
        for (generation, name, iova) in expected {
            let found = try predictions(on: "virt-its", as: generation).first {
                $0.name.text == name
            }
            let maps = found?.expectation.steps.flatMap(\.doorbellMaps).compactMap(\.exact) ?? []
            #expect(maps.map(\.iova.rawValue) == [iova], "\(generation) \(name)")
        }
    }

    @Test("Only steps that an agent can do are in it")
    func agentCanDoIt() throws {
        for entry in try rfc().cases {
            for step in entry.steps {
                switch step {
                case .open, .attach, .map, .unmap, .arm, .ring, .disarm, .reset, .detach, .close,
                    .allowUnsafeInterrupts:
                    break
                default: Issue.record("\(entry.name) has the step '\(step)'")
                }
            }
        }
    }

    private func rfc() throws -> Vocabulary.Suite {
        try Vocabulary.Suite(SourceText(path: repository.appending(path: "Suites/rfc.yaml")))
    }

    private func predictions(
        on board: String, as generation: Generation, series: Int? = nil
    ) throws -> [CasePrediction] {
        try Predictions.of("rfc", on: board, as: generation, series: series)
    }

    /// A refused attach makes the steps of its device impossible; nothing else may.
    private func expectPossible(_ step: StepExpectation, _ found: CasePrediction) {
        guard case .impossible(let reason) = step.outcome else { return }
        Issue.record("\(found.board) \(found.name) step \(step.index): \(reason)")
    }
}
