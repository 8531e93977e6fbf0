// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Testing
import Vocabulary

// Swift Testing has an `Expectation` too.
import struct ReferenceModel.Expectation

/// The RFC as user space and an observer see it, at its end and on the way there.
@Suite struct MixedGenerationTests {
    private static let old = KernelVersion(major: 4, minor: 8)

    private func predict(
        _ steps: [Step], at point: SeriesPoint = .complete, unsafe: Bool = true,
        _ change: (inout BoardFacts) throws -> Void = { _ in }
    ) throws -> [StepExpectation] {
        var board = try Sample.board(kernel: Self.old)
        try change(&board)
        return try Sample.predict(
            steps, on: board, as: .mixed, unsafe: unsafe,
            parameters: ModelParameters(series: point)
        ).steps
    }

    private func armed(_ steps: [Step] = []) throws -> [Step] {
        try Sample.attached() + steps + [Sample.arm("a"), Sample.ring("a")]
    }

    @Test func theFirstDoorbellLiesRightBelowFourGibibytes() throws {
        let seen = try predict(try armed())
        #expect(seen[2].doorbellMaps.first?.exact?.iova == IOVA(rawValue: 0xffff_f000))
        #expect(
            seen[2].messages.first?.address.exact == MessageAddress(rawValue: 0xffff_f040))
        #expect(seen[3].arrivals == 10 && seen[3].faults == .exactly(false))
    }

    @Test func aWiderMaskLiftsIt() throws {
        let device = try Sample.pci("0000:00:02.0")
        let seen = try predict(try armed()) { $0.host.masks[device] = IOVA(rawValue: .max) }
        #expect(seen[2].doorbellMaps.first?.exact?.iova == IOVA(rawValue: 0xffff_ffff_f000))
    }

    @Test func itKeepsOutOfTheUsersMapsAndUsesTheirHoles() throws {
        let seen = try predict(
            try Sample.attached() + [
                Sample.map(0xf000_0000, 0x1000_0000), Sample.arm("a"),
            ])
        #expect(seen[3].doorbellMaps.first?.exact?.iova == IOVA(rawValue: 0xefff_f000))
    }

    @Test func thereIsNoFixedHole() throws {
        let seen = try predict(try Sample.attached() + [Sample.map(0x0800_0000, 0x10_0000)])
        #expect(seen[2].outcome == .succeeds)
        #expect(seen[1].iovaRanges == nil)
    }

    @Test func aMapOverADoorbellIsRefusedAndTheDoorbellStays() throws {
        let seen = try predict(
            try armed([]) + [Sample.map(0xffff_f000, 0x1000), Sample.ring("a")])
        #expect(seen[4].outcome == .refused(calls: ["VFIO_IOMMU_MAP_DMA"], errno: .exists))
        #expect(seen[4].log == [.warning])
        #expect(seen[5].arrivals == 10)
    }

    @Test func afterTheRefusalNobodyElseGetsTheDoorbellsPlace() throws {
        var board = try Sample.twoNodes(kernel: Self.old)
        board.topology.streams = [:]
        let steps =
            try Sample.attached() + [
                Sample.arm("a"), Sample.map(0xffff_f000, 0x1000), Sample.attach("b"),
                Sample.arm("b"),
            ]
        let seen = try Sample.predict(steps, on: board, as: .mixed).steps
        #expect(seen[5].doorbellMaps.first?.exact?.iova == IOVA(rawValue: 0xffff_e000))
        let parameters = ModelParameters(mixed: MixedOptions(undo: .freesByFrame))
        let loose = try Sample.predict(steps, on: board, as: .mixed, parameters: parameters).steps
        // With the loose undo the allocator offers the place again, and the page table refuses it.
        #expect(loose[5].messages.first?.address == .exactly(.allOnes))
    }

    @Test func aPortToALaterKernelRefusesVectorsThatHaveNoPlace() throws {
        let all = Set(SeriesPatch.allCases)
        let blind = try SeriesPoint(applied: all.subtracting([.typeOneReserves]))
        let steps = try armed([Sample.map(0xffff_f000, 0x1000)])
        let last = try predict(steps, at: blind) { $0.kernel = KernelVersion(major: 5, minor: 1) }
        #expect(last[3].outcome == .succeeds && last[3].log == [.warning])
        #expect(last[3].messages.first?.address == .exactly(.allOnes))
        for kernel in [KernelVersion(major: 5, minor: 2), KernelVersion(major: 6, minor: 1)] {
            let port = try predict(steps, at: blind) { $0.kernel = kernel }
            #expect(
                port[3].outcome
                    == .refused(calls: ["VFIO_DEVICE_SET_IRQS"], errno: .noSpace))
            #expect(port[3].messages.isEmpty && port[3].log.isEmpty)
        }
    }

    @Test func everyBoardNeedsUnsafeInterrupts() throws {
        let seen = try predict(try Sample.attached(), unsafe: false)
        #expect(
            seen[1].outcome == .refused(calls: ["VFIO_SET_IOMMU"], errno: .notPermitted))
        #expect(seen[1].log == [.noInterruptRemapping])
    }

    @Test func noFileTellsOfRegions() throws {
        let expectation = try Sample.predict([], on: try Sample.board(), as: .mixed)
        #expect(expectation.reservedRegions == nil && expectation.window == nil)
    }

    @Test func replayReservesInTheSecondDomainToo() throws {
        let board = try Sample.twoNodes(kernel: Self.old)
        let steps =
            try Sample.attached() + [
                Sample.map(0xffff_f000, 0x1000), Sample.attach("b"), Sample.arm("b"),
            ]
        let seen = try Sample.predict(steps, on: board, as: .mixed).steps
        #expect(seen[3].userMaps.map(\.first.rawValue) == [0xffff_f000])
        #expect(seen[4].doorbellMaps.first?.exact?.iova == IOVA(rawValue: 0xffff_e000))
    }

    /// What an observer sees after each patch: the attach, the message, what arrives.
    @Test func eachPointOfTheSeriesHasAnExpectation() throws {
        for count in 0...11 {
            let seen = try predict(try armed(), at: .afterPatch(count))
            #expect(seen[1].outcome == .succeeds)
            let isOn = count == 11
            #expect((seen[2].messages.first?.map != nil) == isOn)
            #expect(seen[3].arrivals == (isOn ? 10 : 0))
            #expect(seen[3].faults == .exactly(!isOn))
            let strict = try predict(try Sample.attached(), at: .afterPatch(count), unsafe: false)
            #expect((strict[1].outcome == .succeeds) == (count < 10))
        }
    }

    @Test func aSwitchBeforeItsPartsIsAnotherMachine() throws {
        let all = Set(SeriesPatch.allCases)
        let noAllocation = try SeriesPoint(applied: all.subtracting([.smmuAllocatesMixed]))
        #expect(
            try predict(try Sample.attached(), at: noAllocation)[1].outcome
                == .refused(calls: ["VFIO_SET_IOMMU"], errno: .inputOutput))
        let noWindow = try SeriesPoint(
            applied: all.subtracting([.typeOneSetsWindow, .typeOneReserves]))
        let lost = try predict(try armed(), at: noWindow)
        #expect(lost[2].messages.first?.map == nil && lost[3].arrivals == 0)
        let noType = try SeriesPoint(applied: all.subtracting([.allocationChoosesMixed]))
        #expect(
            try predict(try Sample.attached(), at: noType)[1].outcome
                == .refused(calls: ["VFIO_SET_IOMMU"], errno: .invalid))
        let noReserve = try SeriesPoint(applied: all.subtracting([.typeOneReserves]))
        let blind = try predict(
            try armed([Sample.map(0xffff_f000, 0x1000)]), at: noReserve)
        #expect(blind[3].messages.first?.address == .exactly(.allOnes))
        let noCookie = try SeriesPoint(applied: all.subtracting([.typeOneSetsWindow]))
        let refused = try predict(
            try Sample.attached() + [Sample.map(0x1000, 0x1000)], at: noCookie)
        #expect(refused[2].outcome == .refused(calls: ["VFIO_IOMMU_MAP_DMA"], errno: .invalid))
    }
}
