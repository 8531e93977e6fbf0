// SPDX-License-Identifier: GPL-3.0-or-later
import Evidence
import SimulatedBoard
import Testing
import Vocabulary

@Suite struct DeviceStories {
    @Test func `a masked vector waits in the pending bits and comes once`() throws {
        let seen = Played(
            .plainITS, .fixedWindowWithRanges,
            [
                Do.open, Do.attach("d"), Do.arm("d", .msix, 2), Do.mask("d", true), Do.ring("d"),
                Do.mask("d", false),
            ])
        let device = try #require(seen.devices[name("d")])
        #expect(seen.evidence.steps[4].pendingVectors[device] == [VectorIndex(rawValue: 0)])
        #expect(seen.record.steps[4].ringing?.arrived == 0)
        #expect(seen.count("d", after: 4) == 0)
        #expect(seen.count("d", after: 5) == 1)
        #expect(seen.evidence.steps[5].pendingVectors[device] == [])
    }

    @Test func `a device forges its own interrupt at the IOVA and faults at the address`() throws {
        let message = Transfer.Value.message(
            device: name("a"), vector: VectorIndex(rawValue: 0))
        let seen = Played(
            .plainFrame, .fixedWindowWithRanges,
            [
                Do.open, Do.attach("a"), Do.arm("a"), Do.transfer("a", .write, .doorbell, message),
                Do.transfer("a", .write, .physicalDoorbell, message),
            ])
        #expect(seen.record.steps[3].transfer?.signals.map(\.count) == [1])
        #expect(seen.count("a", after: 3) == 1)
        #expect(seen.record.steps[4].transfer?.signals.map(\.count) == [0])
        #expect(seen.alarms(4) == [.smmuEvent])
    }

    @Test func `only a stage 2 keeps a device from reading a doorbell`() {
        let steps = [
            Do.open, Do.attach("a"), Do.arm("a"), Do.transfer("a", .read, .doorbell),
        ]
        let first = Played(.plainFrame, .fixedWindowWithRanges, steps)
        #expect(first.record.steps[3].transfer?.value == 0)
        #expect(first.alarms(3).isEmpty)
        let second = Played(.overdrive, .fixedWindowWithRanges, steps)
        #expect(second.record.steps[3].transfer?.value == .max)
        #expect(second.alarms(3) == [.smmuEvent])
    }

    @Test func `a device writes into its user's memory`() {
        let place = Transfer.Target.memory(Placement(base: IOVA(rawValue: 0x10_0000), pages: 1))
        let seen = Played(
            .plainFrame, .fixedWindowWithRanges,
            [
                Do.open, Do.attach("a"), Do.map(0x10_0000, pages: 5),
                Do.transfer("a", .write, place, .word(0x55aa)), Do.transfer("a", .read, place),
            ])
        #expect(seen.record.steps[3].transfer?.memory == 0x55aa)
        #expect(seen.record.steps[4].transfer?.value == 0x55aa)
    }

    @Test func `a loopback signals and is not counted`() {
        let vector = VectorIndex(rawValue: 0)
        let seen = Played(
            .plainITS, .fixedWindowWithRanges,
            [
                Do.open, Do.attach("a"), Do.arm("a"),
                .loopback(device: name("a"), vector: vector, count: 4),
                .steer(device: name("a"), vector: vector, processor: 1), Do.ring("a"),
            ])
        #expect(seen.record.steps[3].ringing?.arrived == 4)
        #expect(seen.count("a", after: 3) == 0)
        let line = seen.evidence.steps[5].interrupts?.lines.last
        #expect(line?.counts == [0, 3])
        #expect(seen.message("a", after: 5) == seen.message("a", after: 2))
    }

    @Test func `bus mastering that is off lets nothing out`() {
        let seen = Played(
            .plainITS, .fixedWindowWithRanges,
            [
                Do.open, Do.attach("a"), Do.arm("a"),
                .busMaster(device: name("a"), enabled: false), Do.ring("a"),
                .busMaster(device: name("a"), enabled: true), Do.ring("a"),
            ])
        #expect(seen.record.steps[4].ringing?.arrived == 0)
        #expect(seen.alarms(4).isEmpty)
        #expect(seen.record.steps[6].ringing?.arrived == 3)
    }

    @Test func `a dead process takes everything with it`() {
        let seen = Played(
            .plainITS, .fixedWindowWithRanges,
            [
                Do.open, Do.attach("a"), Do.arm("a"), .kill(container: Do.container), Do.open,
                Do.attach("a"), Do.arm("a"), Do.ring("a"),
            ])
        #expect(seen.record.childProcesses?.count == 2)
        #expect(seen.record.steps[3].calls.isEmpty)
        #expect(seen.record.steps[7].ringing?.arrived == 3)
        #expect(seen.message("a", after: 6)?.address.rawValue == 0x0800_0040)
    }

    @Test func `6.12 names the chip after the device, 6.1 does not`() {
        let steps = [Do.open, Do.attach("a"), Do.arm("a")]
        let old = Played(.plainFrame, .fixedWindowWithRanges, steps)
        let new = Played(
            .plainFrame, .fixedWindowWithRanges, release: SimulatedRelease(6, 12), steps)
        #expect(old.evidence.steps[2].interrupts?.lines.last?.chip == "MSI")
        #expect(
            new.evidence.steps[2].interrupts?.lines.last?.chip
                == "GICv2m-PCI-MSI-0000:01:00.0")
    }

    @Test func `an eventfd that is filled overflows, under a mask as well`() {
        let device: DeviceName = name("d")
        let vector = VectorIndex(rawValue: 0)
        let plan = TrafficPlan(
            count: 6, streams: [TrafficPlan.Stream(device: device)],
            meanwhile: [
                .mask(device, every: 1), .overflow(device: device, vector: vector),
            ])
        let seen = Played(
            .plainITS, .fixedWindowWithRanges,
            [Do.open, Do.attach("d"), Do.arm("d", .msix, 1), .traffic(plan)])
        let record = seen.record.steps[3].traffic?.lanes.first
        #expect(record?.overflowed == true && record?.raised == 6)
    }
}
