// SPDX-License-Identifier: GPL-3.0-or-later
import SimulatedBoard
import Testing
import Vocabulary

@Suite struct ShrinkerTests {
    @Test func `what is left fails, and nothing of it can be spared`() {
        let board = SimulatedBoard(.plainITS, .fixedWindowWithRanges)
        for seed in 1...UInt64(50) {
            let steps = RandomCase(seed: seed, board: board).steps
            guard steps.count > 5 else { continue }
            let needed = [steps[2], steps[steps.count - 1]]
            let short = Shrinker.shrink(steps) { left in needed.allSatisfy(left.contains) }
            #expect(Set(short) == Set(needed))
            #expect(short.count <= 2)
        }
    }

    @Test func `a list of steps is written as a suite file has it`() throws {
        let device = try #require(DeviceName("a"))
        let container = try #require(ContainerName("c"))
        let zero = VectorIndex(rawValue: 0)
        let text = SuiteText.steps(
            [
                .open(container: container), .attach(device: device, container: container),
                .map(
                    container: container,
                    at: Placement(base: IOVA(rawValue: 0x0800_0000), pages: -1),
                    size: Extent(pages: 2)),
                .arm(device: device, kind: .msix, vectors: 3),
                .mask(device: device, vector: zero, masked: false),
                .transfer(
                    device: device,
                    Transfer(
                        direction: .write, target: .doorbell,
                        value: .message(device: device, vector: zero))),
            ], indent: 2)
        #expect(
            text == """
                  - open: c
                  - attach: {device: a, to: c}
                  - map: {in: c, at: 0x08000000 - 1page, size: 2pages}
                  - arm: {device: a, kind: msix, vectors: 3}
                  - unmask: {device: a, vector: 0}
                  - write: {device: a, at: doorbell, message: {device: a, vector: 0}}

                """)
    }
}
