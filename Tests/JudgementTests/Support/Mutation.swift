// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
import ReferenceModel
import Testing
import Vocabulary

// Swift Testing has an `Expectation` too.
import struct ReferenceModel.Expectation

/// A change to recorded evidence, and the invariant that must notice it.
struct Mutation: Sendable, CustomTestStringConvertible {
    let invariant: InvariantID
    let what: String
    var story = "smoke"
    let change: @Sendable (inout Story) throws -> Void

    var testDescription: String { "\(invariant): \(what)" }

    init(
        _ invariant: InvariantID, _ what: String, story: String = "smoke",
        change: @escaping @Sendable (inout Story) throws -> Void
    ) {
        self.invariant = invariant
        self.what = what
        self.story = story
        self.change = change
    }

    /// The recorded story with the change in it; on the ITS board with 6.1.
    func apply() throws -> Story {
        var story = try Story(.itsOn61, story)
        try change(&story)
        return story
    }
}

extension Story {
    /// Puts other words in place of some in every reading of configuration space.
    mutating func swapMessage(_ old: String, _ new: String, step: Int? = nil) {
        rewrite(.configuration, step: step) { $0.replacing(old, with: new) }
    }

    /// Moves the doorbell's map in each of a container's lives, or in one of them.
    mutating func moveDoorbell(to range: String, life: Int? = nil) {
        let page = doorbellPage
        var seen = 0
        editTrace { line in
            guard line.contains(page) else { return [line] }
            seen += 1
            guard life == nil || life == seen else { return [line] }
            return [
                line.replacing("iova=0x0000000008000000 - 0x0000000008001000", with: range)
            ]
        }
    }

    /// Pretends that the second device rings a second ITS, as on a board with two.
    mutating func addSecondDoorbell() throws {
        let second = Doorbell(kind: .its, base: PhysicalAddress(rawValue: 0x1_0808_0000))
        let device = try #require(PCIAddress("0000:00:03.0"))
        board.doorbells.append(second)
        board.routes[device] = second
        expectation = try Story.predict(record, board)
    }

    /// Judges as if nothing translated messages.
    mutating func expectIdentity() {
        var steps = expectation.steps
        for index in steps.indices {
            steps[index].doorbellMaps = []
            steps[index].messages = steps[index].messages.map { vector in
                let register = board.doorbell(of: vector.device)?.register?.rawValue ?? 0
                return VectorExpectation(
                    device: vector.device, kind: vector.kind, vector: vector.vector,
                    address: .exactly(MessageAddress(rawValue: register)), data: vector.data,
                    map: nil)
            }
        }
        expectation = Expectation(
            choice: GenerationChoice(.identity, because: "the test says so"),
            window: expectation.window, steps: steps,
            reservedRegions: expectation.reservedRegions)
    }
}
