// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// One vector of a plan.
package struct TrafficLane: WireValue {
    package var device: DeviceHandle
    package var vector: VectorIndex
    /// How many raises follow each other before one is awaited.
    package var burst: UInt32
    /// The least time between two raises, or two bursts.
    package var pace: Nanoseconds
    package var way: RingWay
    /// Linux's number of its interrupt, where that is steered; else 0.
    package var interrupt: UInt32
    /// Whether the eventfd is filled to one below its end before the first raise.
    package var isFilled: Bool

    package init(
        device: DeviceHandle, vector: VectorIndex, burst: UInt32 = 1, pace: Nanoseconds = .zero,
        way: RingWay = .shortest, interrupt: UInt32 = 0, isFilled: Bool = false
    ) {
        self.device = device
        self.vector = vector
        self.burst = burst
        self.pace = pace
        self.way = way
        self.interrupt = interrupt
        self.isFilled = isFilled
    }

    package func write(to writer: inout WireWriter) {
        device.write(to: &writer)
        vector.write(to: &writer)
        burst.write(to: &writer)
        pace.write(to: &writer)
        way.write(to: &writer)
        interrupt.write(to: &writer)
        isFilled.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        device = try DeviceHandle(from: &reader)
        vector = try VectorIndex(from: &reader)
        burst = try UInt32(from: &reader)
        pace = try Nanoseconds(from: &reader)
        way = try RingWay(from: &reader)
        interrupt = try UInt32(from: &reader)
        isFilled = try Bool(from: &reader)
    }
}

/// What is done to a device again and again while it rings.
package struct TrafficDeed: WireValue {
    /// What is done.
    package enum Kind: UInt8, WireValue, CaseIterable {
        /// Its interrupts go to the next processor (`/proc/irq/N/smp_affinity_list`).
        case steer = 0
        /// A vector is raised under its mask, which then falls.
        case mask = 1
        /// All of its vectors are disarmed and armed again.
        case rearm = 2
        /// It is reset (`VFIO_DEVICE_RESET`).
        case reset = 3
    }

    package var kind: Kind
    package var device: DeviceHandle
    /// After how many raises: of each vector for a mask, of the device for the others.
    package var every: UInt32

    package init(_ kind: Kind, device: DeviceHandle, every: UInt32) {
        self.kind = kind
        self.device = device
        self.every = every
    }

    package func write(to writer: inout WireWriter) {
        kind.write(to: &writer)
        device.write(to: &writer)
        every.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        kind = try Kind(from: &reader)
        device = try DeviceHandle(from: &reader)
        every = try UInt32(from: &reader)
    }
}

/// Maps and unmaps of one range, by a thread of its own, until the plan is done.
package struct TrafficStorm: WireValue {
    package var container: ContainerHandle
    package var iova: IOVA
    package var size: ByteCount
    /// At most so many maps, each unmapped again.
    package var rounds: UInt32

    package init(container: ContainerHandle, iova: IOVA, size: ByteCount, rounds: UInt32) {
        self.container = container
        self.iova = iova
        self.size = size
        self.rounds = rounds
    }

    package func write(to writer: inout WireWriter) {
        container.write(to: &writer)
        iova.write(to: &writer)
        size.write(to: &writer)
        rounds.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        container = try ContainerHandle(from: &reader)
        iova = try IOVA(from: &reader)
        size = try ByteCount(from: &reader)
        rounds = try UInt32(from: &reader)
    }
}
