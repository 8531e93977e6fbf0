// SPDX-License-Identifier: GPL-3.0-or-later
import Evidence
import SimulatedBoard
import Testing
import Vocabulary

@Suite struct DoorbellStories {
    @Test func `up to 5.1 a doorbell that cannot be mapped gives all ones and a warning`() {
        let seen = Played(
            .plainFrame, .fixedWindow,
            [Do.open, Do.attach("a"), Do.map(0x0800_0000), Do.arm("a"), Do.ring("a")])
        #expect(seen.errno(3) == .none)
        #expect(seen.message("a", after: 3)?.address.rawValue == .max)
        #expect(seen.alarms(3) == [.warning, .warning])
        #expect(seen.record.steps[4].ringing?.arrived == 0)
        #expect(seen.alarms(4).contains(.smmuEvent))
    }

    @Test func `from 5.2 on it fails the call, and the SPI leaks`() {
        let seen = Played(
            .plainFrame, .fixedWindow, release: SimulatedRelease(5, 3),
            [
                Do.open, Do.attach("a"), Do.map(0x0800_0000), Do.arm("a"), Do.unmap(0x0800_0000),
                Do.arm("a"), Do.ring("a"),
            ])
        #expect(seen.errno(3) == .noSpace)
        #expect(seen.message("a", after: 5)?.data == 81)
        #expect(seen.message("a", after: 5)?.address.rawValue == 0x0800_0040)
        #expect(seen.record.steps[6].ringing?.arrived == 3)
    }

    @Test func `the RFC takes the highest hole, and a map over it changes nothing`() {
        let seen = Played(
            .thunderX, .mixed,
            [
                Do.open, Do.attach("a"), Do.map(0xffff_f000), Do.arm("a"), Do.map(0xffff_e000),
                Do.ring("a"), Do.map(0x0800_0000), Do.attach("i"), Do.arm("i"), Do.ring("i"),
            ])
        #expect(seen.message("a", after: 3)?.address.rawValue == 0xffff_e040)
        #expect(seen.errno(4) == .exists)
        #expect(seen.alarms(4) == [.warning])
        #expect(seen.errno(6) == .none)
        #expect(seen.message("i", after: 8)?.address.rawValue == 0xffff_d040)
        #expect(seen.record.steps[5].ringing?.arrived == 3)
        #expect(seen.record.steps[9].ringing?.arrived == 3)
    }

    @Test func `the RFC avoids in a second domain what was mapped before`() {
        let seen = Played(
            .thunderX, .mixed,
            [Do.open, Do.attach("a"), Do.map(0xffff_f000), Do.attach("g"), Do.arm("g")])
        #expect(seen.message("g", after: 4)?.address.rawValue == 0xffff_e040)
    }

    @Test func `a frame that is full hands over to the next, whose page is mapped behind it`() {
        let seen = Played(
            .severalFrames, .fixedWindowWithRanges,
            [Do.open, Do.attach("a"), Do.attach("b"), Do.arm("a"), Do.arm("b", .msi, 4)])
        #expect(
            seen.message("a", after: 3)
                == MSIMessage(
                    address: MessageAddress(rawValue: 0x0800_0040), data: 80))
        #expect(
            seen.message("b", after: 4)
                == MSIMessage(
                    address: MessageAddress(rawValue: 0x0800_1040), data: 88))
    }

    @Test func `devices with one DevID share its events`() {
        let seen = Played(
            .aliases, .fixedWindowWithRanges,
            [Do.open, Do.attach("a"), Do.attach("b"), Do.arm("a", .msi, 4), Do.arm("b", .msix, 2)])
        #expect(seen.message("a", after: 3)?.data == 0)
        #expect(seen.message("b", after: 4)?.data == 4)
        #expect(seen.message("b", 1, after: 4)?.data == 5)
    }

    @Test func `a frame in the middle of a page keeps its offset`() {
        let seen = Played(
            .sixtyFourKiB, .fixedWindowWithRanges, [Do.open, Do.attach("a"), Do.arm("a")])
        #expect(seen.message("a", after: 2)?.address.rawValue == 0x0800_4040)
        #expect(seen.maps(to: 0xe118_0000) == [0x0800_0000])
    }

    @Test func `a pre-ITS gives each DevID a doorbell of its own`() {
        let seen = Played(
            .preITS, .fixedWindowWithRanges,
            [Do.open, Do.attach("a"), Do.attach("d"), Do.arm("a"), Do.arm("d"), Do.ring("d")])
        #expect(seen.message("a", after: 3)?.address.rawValue == 0x0800_0400)
        #expect(seen.message("d", after: 4)?.address.rawValue == 0x0800_0c00)
        #expect(seen.record.steps[5].ringing?.arrived == 3)
    }

    @Test func `host drivers get the top of 32 bits, or the doorbell itself`() {
        let give = Step.giveBack(device: name("d"))
        let host = Played(.plainITS, .hostDomain, [give])
        #expect(
            host.message("d", 2, after: 0)
                == MSIMessage(
                    address: MessageAddress(rawValue: 0xffff_f040), data: 2))
        let plain = Played(.plainITS, .identity, [give])
        #expect(plain.message("d", after: 0)?.address.rawValue == 0x0809_0040)
        #expect(plain.maps(to: 0x0809_0000).isEmpty)
    }
}
