// SPDX-License-Identifier: GPL-3.0-or-later
import Evidence
import SimulatedBoard
import Testing
import Vocabulary

@Suite struct SpaceStories {
    static let beside = Step.openBeside(container: name("e"), beside: name("c"))

    @Test func `one file has one table of doorbells for all its address spaces`() {
        let seen = Played(
            .thunderX, .iommufdTable,
            [
                Do.open, Self.beside, Do.attach("a"), Do.attach("i", "e"), Do.arm("i"), Do.arm("a"),
                Do.ring("a"), Do.ring("i"),
            ])
        #expect(seen.message("i", after: 4)?.address.rawValue == 0x0800_0040)
        #expect(seen.message("a", after: 5)?.address.rawValue == 0x0800_1040)
        #expect(seen.record.steps[6].ringing?.arrived == 3)
        #expect(seen.record.steps[7].ringing?.arrived == 3)
    }

    @Test func `a device that moves keeps its interrupts only from 6.15 on`() {
        let steps = [
            Do.open, Self.beside, Do.attach("a"), Do.arm("a"),
            .move(device: name("a"), container: name("e")), Do.ring("a"),
        ]
        #expect(Played(.plainITS, .iommufd, steps).record.steps[5].ringing?.arrived == 0)
        #expect(Played(.plainITS, .iommufdTable, steps).record.steps[5].ringing?.arrived == 3)
    }

    @Test func `a map in the window keeps a device out`() {
        let seen = Played(
            .plainITS, .iommufd,
            [
                Do.open, Do.map(0x0800_0000), Do.attach("a"), Do.unmap(0x0800_0000), Do.attach("a"),
                Do.map(0x0800_0000), Do.unmap(0x0800_0000),
            ])
        #expect(seen.errno(1) == .none)
        #expect(seen.errno(2) == .addressInUse)
        #expect(seen.errno(4) == .none)
        #expect(seen.errno(5) == .invalid)
        #expect(seen.errno(6) == .noEntry)
    }

    @Test func `a map that is no multiple of a page keeps the first device out`() {
        let odd = Step.map(
            container: Do.container, at: Placement(base: IOVA(rawValue: 0x10_0000)),
            size: Extent(bytes: .bytes(1000)))
        let seen = Played(.plainITS, .iommufd, [Do.open, odd, Do.attach("a")])
        #expect(seen.errno(1) == .none)
        #expect(seen.errno(2) == .addressInUse)
    }

    @Test func `type1 refuses the window and bisected unmaps`() {
        let seen = Played(
            .plainITS, .fixedWindowWithRanges,
            [
                Do.open, Do.map(0), Do.attach("a"), Do.map(0x080f_f000, pages: 2),
                Do.map(0x0810_0000, pages: 4), Do.map(0x0810_1000), Do.unmap(0x0810_0000, pages: 2),
                Do.unmap(0, pages: 0x10_0000),
            ])
        #expect(seen.errno(1) == .invalid)
        #expect(seen.errno(3) == .invalid)
        #expect(seen.errno(4) == .none)
        #expect(seen.errno(5) == .exists)
        #expect(seen.errno(6) == .invalid)
        #expect(seen.record.steps[7].unmapped == .kibibytes(16))
    }

    @Test func `isolation is asked of the system up to 6.2, of the group later`() {
        let steps = [Do.open, Do.attach("a"), Do.attach("b")]
        let old = Played(.mixedControllers, .fixedWindowWithRanges, unsafe: false, steps)
        #expect(old.errno(1) == .notPermitted)
        let new = Played(
            .mixedControllers, .fixedWindowWithRanges, release: SimulatedRelease(6, 12),
            unsafe: false, steps)
        #expect(new.errno(1) == .none)
        #expect(new.errno(2) == .notPermitted)
        let rfc = Played(.plainITS, .mixed, unsafe: false, steps)
        #expect(rfc.errno(1) == .notPermitted)
    }

    @Test func `a region of a second device that hits a map keeps it out`() {
        let seen = Played(
            .directRegions, .fixedWindowWithRanges,
            [
                Do.open, Do.attach("b"), Do.map(0x3000_0000), Do.map(0x2000_8000), Do.attach("a"),
                Do.unmap(0x2000_8000), Do.attach("a"),
            ])
        #expect(seen.errno(2) == .none)
        #expect(seen.errno(4) == .invalid)
        #expect(seen.errno(6) == .none)
    }

    @Test func `series v14 takes one window, and doorbells go with their last user`() {
        let window = Step.window(
            container: Do.container, at: Placement(base: IOVA(rawValue: 0x0900_0000)),
            size: Extent(pages: 4))
        let seen = Played(
            .plainITS, .userWindow,
            [
                Do.open, Do.attach("a"), window, window, Do.map(0x0900_0000), Do.arm("a"),
                Do.ring("a"), Do.disarm("a"),
            ])
        #expect(seen.errno(2) == .none)
        #expect(seen.errno(3) == .exists)
        #expect(seen.errno(4) == .exists)
        #expect(seen.message("a", after: 5)?.address.rawValue == 0x0900_3040)
        #expect(seen.record.steps[6].ringing?.arrived == 3)
        let unmaps = (seen.evidence.trace ?? []).filter {
            $0.event.range?.first.rawValue == 0x0900_3000
        }
        #expect(unmaps.count == 2)
    }
}
