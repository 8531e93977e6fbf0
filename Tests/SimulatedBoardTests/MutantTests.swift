// SPDX-License-Identifier: GPL-3.0-or-later
import Evidence
import Judgement
import SimulatedBoard
import Testing
import Vocabulary

@Suite struct MutantTests {
    /// All but the one that makes evidence unreadable: it breaks no invariant.
    static let breaking = Mutant.allCases.filter { $0 != .m21 }

    @Test(arguments: breaking)
    func `a mutant is caught by an invariant that it was meant for`(mutant: Mutant) throws {
        let found = Set(try Self.findings(mutant.exhibit, mutant).map { "\($0.invariant)" })
        let intended = mutant.brokenInvariants.map { "INV-" + ($0 < 10 ? "0" : "") + "\($0)" }
        #expect(!found.isDisjoint(with: intended), "found \(found.sorted()), meant \(intended)")
    }

    @Test(arguments: Mutant.allCases)
    func `nothing is found on the sound board in a mutant's story`(mutant: Mutant) throws {
        let findings = try Self.findings(mutant.exhibit, nil)
        #expect(findings.isEmpty, "\(findings.prefix(3))")
    }

    @Test func `trace text with a wrong end is damage, not a verdict`() throws {
        let exhibit = Mutant.m21.exhibit
        let record = exhibit.board(with: .m21).run(
            exhibit.suiteCase(Harness.name), suite: Harness.suite, devices: exhibit.devices)
        #expect(!CaseEvidence(record).damage.isEmpty)
        #expect(try Self.findings(exhibit, .m21).isEmpty)
    }

    static func findings(_ exhibit: MutantExhibit, _ mutant: Mutant?) throws -> [Finding] {
        let harness = Harness(exhibit.board(with: mutant))
        let record = harness.board.run(
            exhibit.suiteCase(Harness.name), suite: Harness.suite, devices: exhibit.devices)
        guard case .differs(let findings) = try harness.judge(record).verdict else { return [] }
        return findings
    }
}
