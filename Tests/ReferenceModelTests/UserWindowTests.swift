// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Testing
import Vocabulary

/// The series v9 to v14: user space gives the window, doorbells are counted.
@Suite struct UserWindowTests {
    private func window(_ address: UInt64, _ size: UInt64) throws -> Step {
        .window(
            container: try Sample.main(), at: Placement(base: IOVA(rawValue: address)),
            size: Extent(bytes: .bytes(size)))
    }

    private func predict(_ steps: [Step]) throws -> [StepExpectation] {
        let board = try Sample.board(kernel: KernelVersion(major: 4, minor: 8))
        return try Sample.predict(try Sample.attached() + steps, on: board, as: .userWindow).steps
    }

    private func errno(_ step: StepExpectation) -> KernelErrno? {
        if case .refused(_, let errno) = step.outcome { errno } else { nil }
    }

    @Test func doorbellsComeFromTheWindowTopDown() throws {
        let seen = try predict([window(0x1000_0000, 0x4000), Sample.arm("a"), Sample.ring("a")])
        #expect(seen[3].doorbellMaps.first?.exact?.iova == IOVA(rawValue: 0x1000_3000))
        #expect(seen[4].arrivals == 10)
    }

    @Test func withoutAWindowNothingArrives() throws {
        let seen = try predict([Sample.arm("a"), Sample.ring("a")])
        #expect(seen[2].messages.first?.map == nil && seen[2].doorbellMaps.isEmpty)
        #expect(seen[3].arrivals == 0 && seen[3].faults == .exactly(true))
    }

    @Test func theLastUserTakesTheDoorbellOut() throws {
        let main = try Sample.main()
        let b = try Sample.device("b")
        let seen = try predict([
            window(0x1000_0000, 0x4000), .attach(device: b, container: main), Sample.arm("a"),
            Sample.arm("b", vectors: 2), .disarm(device: b),
            .disarm(device: try Sample.device("a")),
        ])
        #expect(seen[4].doorbellMaps.count == 1 && seen[5].doorbellMaps.isEmpty)
        #expect(seen[6].doorbellUnmaps.isEmpty)
        #expect(seen[7].doorbellUnmaps == seen[4].doorbellMaps)
    }

    @Test func whatTouchesAWindowExists() throws {
        let seen = try predict([
            Sample.map(0x2000_0000, 0x1000), window(0x2000_0000, 0x4000),
            window(0x1000_0000, 0x4000), window(0x1000_3000, 0x1000),
            Sample.map(0x1000_0000, 0x1000), window(0x3000_0001, 0x1000),
            window(0x3000_0000, 0), window(0x3000_0000, 0x1000),
        ])
        // A second window is refused wherever it lies.
        let right: [KernelErrno?] = [
            .exists, nil, .exists, .exists, .invalid, .invalid, .exists,
        ]
        #expect(seen[3...9].map(errno) == right)
    }

    @Test func unmappingLeavesWindowsAlone() throws {
        let seen = try predict([
            window(0x1000_0000, 0x4000), Sample.arm("a"), Sample.unmap(0, 1 << 40),
            Sample.ring("a"),
        ])
        #expect(seen[4].unmapped == .zero && seen[5].arrivals == 10)
    }
}
