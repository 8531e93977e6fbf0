// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ReferenceModel
import Testing
import Vocabulary

/// The fixed window with IOVA ranges: what kernels since 5.4 do with VFIO type1.
@Suite struct FixedWindowTests {
    private func errno(_ steps: [Step], on board: BoardFacts? = nil) throws -> KernelErrno? {
        let expectation = try Sample.predict(steps, on: try board ?? Sample.board())
        guard case .refused(_, let errno) = expectation.steps.last?.outcome else { return nil }
        return errno
    }

    @Test(arguments: [Granule.fourKiB, .sixteenKiB, .sixtyFourKiB])
    func theFirstDoorbellIsAtTheBaseWhateverThePage(_ page: Granule) throws {
        for doorbell in [Sample.frame, Sample.its] {
            let board = try Sample.board([doorbell], page: page)
            let steps = try Sample.attached() + [Sample.arm("a")]
            let armed = try #require(try Sample.predict(steps, on: board).steps.last)
            #expect(armed.messages.map(\.address.exact?.rawValue) == [0x0800_0040])
            let map = try #require(armed.doorbellMaps.first?.exact)
            #expect(map.iova.rawValue == 0x0800_0000 && map.size == page.bytes)
            #expect(map.page == doorbell.register?.page(of: page))
        }
    }

    @Test func dataIsAnEventOrAnInterruptOfTheFrame() throws {
        let steps = try Sample.attached() + [Sample.arm("a", vectors: 3)]
        let its = try Sample.predict(steps, on: try Sample.board()).steps.last
        #expect(its?.messages.map(\.data) == [.exactly(0), .exactly(1), .exactly(2)])
        let frame = try Sample.predict(steps, on: try Sample.board([Sample.frame])).steps.last
        #expect(frame?.messages.first?.data == .interrupt(within: Sample.spis))
        #expect(frame?.messages.first?.data.allows(84) == true)
        #expect(frame?.messages.first?.data.allows(144) == false)
    }

    @Test func eachDoorbellIsMappedOnceAndInOrder() throws {
        let a = try #require(PCIAddress("0000:00:02.0"))
        let b = try #require(PCIAddress("0000:00:03.0"))
        let board = try Sample.board(
            [Sample.frame, Sample.its], routes: [a: Sample.its, b: Sample.frame])
        let main = try Sample.main()
        let b2 = try Sample.device("b")
        let steps =
            try Sample.attached()
            + [
                .attach(device: b2, container: main), Sample.arm("a"), Sample.arm("b"),
                .disarm(device: b2), Sample.arm("b"),
            ]
        let maps = try Sample.predict(steps, on: board).steps.flatMap(\.doorbellMaps)
        #expect(maps.map(\.exact?.iova.rawValue) == [0x0800_0000, 0x0800_1000])
        #expect(maps.map(\.exact?.page.rawValue) == [0x0809_0000, 0x0802_0000])
    }

    @Test func aContainerOpenedAgainStartsAtTheBase() throws {
        let once = try Sample.attached() + [Sample.arm("a"), .close(container: Sample.main())]
        let maps = try Sample.predict(once + once, on: try Sample.board()).steps.flatMap(
            \.doorbellMaps)
        #expect(maps.map(\.exact?.iova.rawValue) == [0x0800_0000, 0x0800_0000])
    }

    @Test func mapsAreCheckedInTheKernelsOrder() throws {
        let start = try Sample.attached() + [Sample.map(0x07ff_f000, 0x1000)]
        #expect(try errno(start) == nil)
        #expect(try errno(start + [Sample.map(0x07ff_f800, 0x1000)]) == .invalid)
        #expect(try errno(start + [Sample.map(0x07ff_f000, 0)]) == .invalid)
        #expect(try errno(start + [Sample.map(0xffff_ffff_ffff_f000, 0x2000)]) == .invalid)
        #expect(try errno(start + [Sample.map(0x07ff_f000, 0x2000)]) == .exists)
        #expect(try errno(start + [Sample.map(0x0800_0000, 0x1000)]) == .invalid)
        #expect(try errno(start + [Sample.map(0x0810_0000, 0x1000)]) == nil)
        #expect(try errno(start + [Sample.map(0xffff_ffff_f000, 0x2000)]) == .invalid)
    }

    @Test func theMapLimitComesBeforeTheRanges() throws {
        var parameters = ModelParameters()
        parameters.mapLimit = 1
        let steps =
            try Sample.attached() + [Sample.map(0, 0x1000), Sample.map(0x0800_0000, 0x1000)]
        let last = try Sample.predict(steps, on: try Sample.board(), parameters: parameters)
        #expect(
            last.steps.last?.outcome
                == .refused(calls: ["VFIO_IOMMU_MAP_DMA"], errno: .noSpace))
    }

    @Test func unmapsTakeWholeMapsOnly() throws {
        let start =
            try Sample.attached()
            + [Sample.map(0x0010_0000, 0x4000), Sample.map(0x0810_0000, 0x1000)]
        #expect(try errno(start + [Sample.unmap(0x0010_1000, 0x3000)]) == .invalid)
        #expect(try errno(start + [Sample.unmap(0x0010_0000, 0x1000)]) == .invalid)
        let spanning = try Sample.predict(
            start + [Sample.unmap(0, 0x1000_0000)], on: try Sample.board())
        #expect(spanning.steps.last?.unmapped == .kibibytes(20))
        let nothing = try Sample.predict(
            start + [Sample.unmap(0x4000_0000, 0x1000)], on: try Sample.board())
        #expect(nothing.steps.last?.unmapped == .zero)
    }

    @Test func theRangesAreTheApertureWithoutTheWindow() throws {
        let ranges = try Sample.predict(try Sample.attached(), on: try Sample.board())
            .steps.last?.iovaRanges
        #expect(
            ranges?.map(\.description) == [
                "0x00000000-0x07ffffff", "0x08100000-0xffffffffffff",
            ])
    }

    @Test func reservedRegionsReadAsTheKernelPrintsThem() throws {
        let expectation = try Sample.predict([], on: try Sample.board())
        let lines = Set(try #require(expectation.reservedRegions).values)
        #expect(lines == [["0x0000000008000000 0x00000000080fffff msi"]])
    }

    @Test func stepsThatMakeNoSenseAreImpossible() throws {
        let ring = Step.ring(
            device: try Sample.device("a"), vector: VectorIndex(rawValue: 0), count: 1)
        for steps in [[ring], try Sample.attached() + [ring], [try Sample.arm("b")]] {
            guard
                case .impossible = try Sample.predict(steps, on: try Sample.board()).steps.last?
                    .outcome
            else {
                Issue.record("\(steps) is possible")
                continue
            }
        }
    }
}
