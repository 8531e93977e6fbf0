// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Testing
import Vocabulary

/// The fixed window of 4.11 to 5.3, which nobody keeps free from user maps.
@Suite struct UnguardedWindowTests {
    private func outcomes(_ steps: [Step]) throws -> [Outcome] {
        let board = try Sample.board(kernel: KernelVersion(major: 4, minor: 19))
        let all = try Sample.attached() + steps
        return try Sample.predict(all, on: board).steps.dropFirst(2).map(\.outcome)
    }

    private let exists = Outcome.refused(calls: ["VFIO_IOMMU_MAP_DMA"], errno: .exists)

    @Test func userMemoryMayLieInTheWindow() throws {
        let outcomes = try outcomes([Sample.map(0x0800_0000, 0x1000)])
        #expect(outcomes == [.succeeds])
    }

    @Test func aDoorbellThatIsMappedRefusesIt() throws {
        let outcomes = try outcomes([
            Sample.arm("a"), Sample.map(0x0800_0000, 0x1000), Sample.map(0x0800_1000, 0x1000),
        ])
        #expect(outcomes == [.succeeds, exists, .succeeds])
    }

    @Test func beforeFiveTwoTheMessageOfATakenPlaceIsAllOnes() throws {
        let board = try Sample.board(kernel: KernelVersion(major: 4, minor: 19))
        let steps =
            try Sample.attached() + [
                Sample.map(0x0800_0000, 0x1000), Sample.arm("a"), Sample.ring("a"),
            ]
        let seen = try Sample.predict(steps, on: board).steps
        #expect(seen[3].outcome == .succeeds)
        #expect(seen[3].messages.first?.address == .exactly(.allOnes))
        #expect(seen[3].messages.first?.data == .exactly(.max))
        #expect(seen[3].log == [.warning] && seen[3].doorbellMaps.isEmpty)
        #expect(seen[4].arrivals == 0 && seen[4].faults == .exactly(true))
    }

    @Test func sinceFiveTwoTheVectorsAreRefused() throws {
        let board = try Sample.board(kernel: KernelVersion(major: 5, minor: 3))
        let steps =
            try Sample.attached() + [
                Sample.map(0x0800_0000, 0x1000), Sample.arm("a"), Sample.unmap(0x0800_0000, 0x1000),
                Sample.arm("a"),
            ]
        let seen = try Sample.predict(steps, on: board).steps
        #expect(seen[3].outcome == .refused(calls: ["VFIO_DEVICE_SET_IRQS"], errno: .noSpace))
        // The pointer stepped back, so the place is the same once it is free.
        #expect(seen[5].doorbellMaps.first?.exact?.iova == IOVA(rawValue: 0x0800_0000))
    }

    @Test func theEndOfThePageTableIsAnotherRefusal() throws {
        let outcomes = try outcomes([Sample.map(0x1_0000_0000_0000, 0x1000)])
        #expect(
            outcomes == [
                .refused(calls: ["VFIO_IOMMU_MAP_DMA"], errno: KernelErrno(rawValue: 34))
            ])
    }

    @Test func noRangesAreTold() throws {
        let board = try Sample.board(kernel: KernelVersion(major: 5, minor: 3))
        let expectation = try Sample.predict(try Sample.attached(), on: board)
        #expect(expectation.generation == .fixedWindow)
        #expect(expectation.steps.last?.iovaRanges == nil)
        #expect(expectation.reservedRegions?.values.first?.count == 1)
    }
}
