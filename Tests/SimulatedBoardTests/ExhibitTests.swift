// SPDX-License-Identifier: GPL-3.0-or-later
import Evidence
import SimulatedBoard
import Testing
import Vocabulary

@Suite struct ExhibitTests {
    @Test func `each mutant shows something else than the sound board`() throws {
        for mutant in Mutant.allCases {
            let exhibit = mutant.exhibit
            let sound = Self.visible(exhibit, nil)
            let broken = Self.visible(exhibit, mutant)
            #expect(sound != broken, "\(mutant.rawValue) shows nothing")
            #expect(!mutant.summary.isEmpty)
        }
    }

    /// All texts, and what the calls returned.
    static func visible(_ exhibit: MutantExhibit, _ mutant: Mutant?) -> [String] {
        let record = exhibit.board(with: mutant).run(
            exhibit.suiteCase(Harness.name), suite: Harness.suite, devices: exhibit.devices)
        let calls = record.steps.flatMap(\.calls).map { "\($0.name) \($0.result) \($0.errno)" }
        let rings = record.steps.compactMap(\.ringing).map { "\($0.arrived) of \($0.raised)" }
        let transfers = record.steps.compactMap(\.transfer).map { "\($0)" }
        let ranges = record.steps.map { "\(String(describing: $0.iovaRanges))" }
        let texts = (record.texts + record.steps.flatMap(\.texts)).map(\.text)
        return calls + rings + transfers + ranges + texts
    }

    @Test func `a sound board carries out every exhibit`() {
        for mutant in Mutant.allCases {
            let exhibit = mutant.exhibit
            let record = exhibit.board(with: nil).run(
                exhibit.suiteCase(Harness.name), suite: Harness.suite, devices: exhibit.devices)
            #expect(record.steps.allSatisfy { $0.notDone == nil }, "\(mutant.rawValue)")
        }
    }
}
