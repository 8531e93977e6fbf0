// SPDX-License-Identifier: GPL-3.0-or-later
import Evidence
import Judgement
import SimulatedBoard
import Testing
import Vocabulary

@Suite struct MutantTests {
    /// Mutants whose intended invariant is not in the catalogue yet, or needs evidence that is not
    /// read yet; they are caught by others, if at all.
    static let awaited: Set<Mutant> = [
        .m11, .m15, .m16, .m17, .m18, .m20, .m21, .m23, .m24, .m25,
    ]

    @Test(arguments: Mutant.allCases.filter { !awaited.contains($0) })
    func `a mutant is caught by an invariant that it was meant for`(mutant: Mutant) throws {
        let found = Set(try Self.findings(mutant.exhibit, mutant).map { "\($0.invariant)" })
        let intended = mutant.brokenInvariants.map { "INV-" + ($0 < 10 ? "0" : "") + "\($0)" }
        #expect(!found.isDisjoint(with: intended), "found \(found.sorted()), meant \(intended)")
    }

    @Test(arguments: Mutant.allCases.filter { !awaited.contains($0) })
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
