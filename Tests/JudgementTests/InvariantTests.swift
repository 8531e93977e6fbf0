// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
import ReferenceModel
import Testing
import Vocabulary

/// Each invariant can be held, broken and unseen: one that cannot fail would be worse than none.
@Suite struct InvariantTests {
    @Test(arguments: Mutation.breaking)
    func aKernelThatBreaksItIsFoundOut(_ mutation: Mutation) throws {
        let judgement = try mutation.apply().judgement()
        let result = judgement.results.first { $0.invariant == mutation.invariant }
        guard case .broken(let findings) = result?.state else {
            Issue.record("\(mutation.invariant) is \(String(describing: result?.state))")
            return
        }
        #expect(findings.allSatisfy { $0.invariant == mutation.invariant })
        #expect(findings.allSatisfy { !$0.lines.isEmpty && $0.expected != $0.observed })
        guard case .differs(let all) = judgement.verdict else {
            Issue.record("the verdict is \(judgement.verdict)")
            return
        }
        #expect(Set(findings).isSubset(of: all))
    }

    @Test(arguments: Mutation.blinding)
    func whatNobodySawIsNotHeld(_ mutation: Mutation) throws {
        let state = try mutation.apply().state(of: mutation.invariant)
        guard case .notObserved(let reason) = state else {
            Issue.record("\(mutation.invariant) is \(String(describing: state))")
            return
        }
        #expect(!reason.isEmpty)
    }

    @Test func eachOfTheCatalogueIsHeldBySomething() throws {
        let held = try Self.heldStories().flatMap { $0.judgement().results }.filter {
            if case .held = $0.state { true } else { false }
        }
        let missing = Set(Mutation.breaking.map(\.invariant)).filter { id in
            !held.contains { $0.invariant == id }
        }
        #expect(missing == [])
    }

    @Test func theTablesLeaveNoneOut() {
        let all = Set(InvariantCatalogue.all.map(\.id))
        #expect(all.count == InvariantCatalogue.all.count)
        #expect(Set(Mutation.breaking.map(\.invariant)).isSubset(of: all))
        #expect(Set(Mutation.blinding.map(\.invariant)) == Set(Mutation.breaking.map(\.invariant)))
    }

    @Test func eachIsStatedInOneSentence() {
        for invariant in InvariantCatalogue.all {
            #expect(invariant.statement.hasSuffix("."))
            #expect(!invariant.reason.isEmpty && !invariant.needs.isEmpty)
        }
    }

    /// The recorded case, one with two doorbells, and one without translation.
    private static func heldStories() throws -> [Story] {
        var two = try Story(.itsOn61, "smoke")
        try two.addSecondDoorbell()
        two.addTrace(
            duringStep: 11, "map: IOMMU: iova=0x08001000 - 0x08002000 paddr=0x108090000 size=4096")
        var untranslated = try Story(.itsOn61, "smoke")
        untranslated.swapMessage("81 00 40 00 00 08", "81 00 40 00 09 08")
        untranslated.rewrite(.msix) { $0.replacing("08000040", with: "08090040") }
        let page = untranslated.doorbellPage
        untranslated.editTrace { $0.contains(page) ? [] : [$0] }
        untranslated.expectIdentity()
        return [try Story(.itsOn61, "smoke"), two, untranslated]
    }
}
