// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Testing
import Vocabulary

/// Several frames serve the devices, and nobody tells which interrupts are free.
@Suite struct OpenSpacesTests {
    /// Two frames of one controller, each in a page of its own.
    private func predict(
        _ generation: Generation, _ steps: [Step]
    ) throws -> [StepExpectation] {
        let others = InterruptID(rawValue: 160)...InterruptID(rawValue: 223)
        let second = Doorbell(
            kind: .gicV2m(spis: others), base: PhysicalAddress(rawValue: 0x0803_0000))
        let version = KernelVersion(major: generation == .mixed ? 4 : 6, minor: 8)
        let board = try Sample.board([Sample.frame, second], kernel: version)
        return try Sample.predict(try Sample.attached() + steps, on: board, as: generation).steps
    }

    @Test func theFirstMessageIsOneOfSeveralAndTheNextIsNotPredicted() throws {
        let seen = try predict(
            .fixedWindowWithRanges,
            [Sample.arm("a"), Sample.ring("a"), try Sample.attach("b"), Sample.arm("b")])
        #expect(seen[2].messages.first?.map?.all.count == 2)
        #expect(seen[3].arrivals == 10)
        guard case .notPredicted = seen[5].outcome else {
            Issue.record("\(seen[5].outcome)")
            return
        }
        #expect(seen[5].messages.isEmpty)
    }

    @Test func nothingIsSaidAfterAMapThatMayHaveMetADoorbell() throws {
        let seen = try predict(
            .mixed,
            [
                Sample.arm("a"), Sample.map(0x1000, 0x1000),
                Sample.map(0xffff_e000, 0x1000), Sample.unmap(0x1000, 0x1000),
            ])
        #expect(seen[3].outcome == .succeeds)
        for step in seen[4...5] {
            guard case .notPredicted = step.outcome else {
                Issue.record("\(step.outcome)")
                return
            }
            #expect(step.userMaps.isEmpty)
        }
    }
}
