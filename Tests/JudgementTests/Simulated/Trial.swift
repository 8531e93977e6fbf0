// SPDX-License-Identifier: GPL-3.0-or-later

import Judgement
import SimulatedBoard
import Testing
import Vocabulary

/// A scene in which an invariant is held, a change that breaks it, and one that hides it.
struct Trial: Sendable, CustomTestStringConvertible {
    typealias Change = @Sendable (inout Story) throws -> Void

    let invariant: InvariantID
    let scene: Scene
    /// What the simulated board cannot show, added to what it shows.
    let prepare: Change
    let breaking: Change
    let blinding: Change

    var testDescription: String { "\(invariant) on \(scene.board.name)" }

    init(
        _ number: Int, _ scene: Scene, prepare: @escaping Change = { _ in },
        breaking: @escaping Change, blinding: @escaping Change
    ) {
        self.init(
            .msi(number), scene, prepare: prepare, breaking: breaking, blinding: blinding)
    }

    init(
        _ invariant: InvariantID, _ scene: Scene, prepare: @escaping Change = { _ in },
        breaking: @escaping Change, blinding: @escaping Change
    ) {
        self.invariant = invariant
        self.scene = scene
        self.prepare = prepare
        self.breaking = breaking
        self.blinding = blinding
    }

    /// What becomes of the invariant in the scene, changed in this way.
    func state(_ change: Change?, prepared: Bool = true) throws -> InvariantResult.State? {
        var story = try scene.play()
        if prepared { try prepare(&story) }
        try change?(&story)
        return story.state(of: invariant)
    }
}

@Suite struct TrialTests {
    @Test(arguments: Trial.all)
    func itHoldsOnASoundBoard(_ trial: Trial) throws {
        let state = try trial.state(nil)
        guard case .held = state else {
            Issue.record("\(trial.invariant) is \(String(describing: state))")
            return
        }
    }

    @Test(arguments: Trial.all)
    func aKernelThatBreaksItIsFoundOut(_ trial: Trial) throws {
        let state = try trial.state(trial.breaking)
        guard case .broken(let findings) = state else {
            Issue.record("\(trial.invariant) is \(String(describing: state))")
            return
        }
        #expect(findings.allSatisfy { $0.expected != $0.observed && !$0.basis.isEmpty })
    }

    @Test(arguments: Trial.all)
    func whatNobodySawIsNotHeld(_ trial: Trial) throws {
        let state = try trial.state(trial.blinding)
        guard case .notObserved(let reason) = state else {
            Issue.record("\(trial.invariant) is \(String(describing: state))")
            return
        }
        #expect(!reason.isEmpty)
    }

    @Test func everyInvariantIsTried() {
        let tried = Set(Mutation.breaking.map(\.invariant)).union(Trial.all.map(\.invariant))
        #expect(tried == Set(InvariantCatalogue.all.map(\.id)))
    }

    @Test func everyNumberExistsOnce() {
        let numbered = InvariantCatalogue.all.map(\.id).filter { $0.text.hasPrefix("INV-") }
        #expect(numbered.sorted { $0.text < $1.text } == (1...72).map { .msi($0) })
    }
}
