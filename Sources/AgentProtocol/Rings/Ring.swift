// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// By which of its ways a device is made to ring.
package enum RingWay: UInt8, WireValue, CaseIterable {
    /// The shortest that the device has.
    case shortest = 0
    /// By the end of a computation, where the device can compute (`edu`'s factorial).
    case computation = 1
}

/// Makes a device raise its interrupt again and again and awaits each on its eventfd.
///
/// The vector must be armed. Bus mastering is switched on, unless it was switched off by request.
/// A device that leaves 64 raises in a row unanswered is awaited a millisecond only for each of the
/// others: all are made, and a late signal counts as spurious.
package struct Ring: AgentRequest {
    package typealias Answer = RingResult
    package static let kind = RequestKind.ring

    package var device: DeviceHandle
    package var vector: VectorIndex
    /// How many raises in all.
    package var count: UInt32
    /// How long one burst may stay without an answer.
    package var timeout: Nanoseconds
    /// How many raises follow each other before one is awaited; edge interrupts may merge.
    package var burst: UInt32
    /// A pause between bursts.
    package var pace: Nanoseconds
    package var way: RingWay

    package init(
        device: DeviceHandle, vector: VectorIndex, count: UInt32,
        timeout: Nanoseconds = .milliseconds(100), burst: UInt32 = 1, pace: Nanoseconds = .zero,
        way: RingWay = .shortest
    ) {
        self.device = device
        self.vector = vector
        self.count = count
        self.timeout = timeout
        self.burst = burst
        self.pace = pace
        self.way = way
    }

    package func write(to writer: inout WireWriter) {
        device.write(to: &writer)
        vector.write(to: &writer)
        count.write(to: &writer)
        timeout.write(to: &writer)
        burst.write(to: &writer)
        pace.write(to: &writer)
        way.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        device = try DeviceHandle(from: &reader)
        vector = try VectorIndex(from: &reader)
        count = try UInt32(from: &reader)
        timeout = try Nanoseconds(from: &reader)
        burst = try UInt32(from: &reader)
        pace = try Nanoseconds(from: &reader)
        way = try RingWay(from: &reader)
    }
}

/// How ringing went.
package struct RingResult: WireValue {
    /// What was written where: "edu BAR0+0x60".
    package var stimulus: String
    /// Raises that were made.
    package var raised: UInt32
    /// Raises whose signal came within the timeout.
    package var arrived: UInt32
    /// Raises whose signal did not come in time: `raised` minus `arrived`.
    package var lost: UInt32
    /// Signals beyond the raises that were awaited, late ones included.
    package var spurious: UInt32
    /// Whether the eventfd's counter overflowed: then nobody knows how many signals came.
    package var overflowed: Bool
    /// From the raising write to the return of the eventfd's read; 0 when nothing arrived.
    package var shortest: Nanoseconds
    /// Within 1/32 of the true value, like the next.
    package var median: Nanoseconds
    package var percentile99: Nanoseconds
    package var longest: Nanoseconds
    /// From the first raise to the last acknowledge, pauses included.
    package var elapsed: Nanoseconds

    package init(
        stimulus: String, raised: UInt32, arrived: UInt32, lost: UInt32, spurious: UInt32,
        overflowed: Bool, shortest: Nanoseconds, median: Nanoseconds, percentile99: Nanoseconds,
        longest: Nanoseconds, elapsed: Nanoseconds
    ) {
        self.stimulus = stimulus
        self.raised = raised
        self.arrived = arrived
        self.lost = lost
        self.spurious = spurious
        self.overflowed = overflowed
        self.shortest = shortest
        self.median = median
        self.percentile99 = percentile99
        self.longest = longest
        self.elapsed = elapsed
    }

    package func write(to writer: inout WireWriter) {
        stimulus.write(to: &writer)
        raised.write(to: &writer)
        arrived.write(to: &writer)
        lost.write(to: &writer)
        spurious.write(to: &writer)
        overflowed.write(to: &writer)
        shortest.write(to: &writer)
        median.write(to: &writer)
        percentile99.write(to: &writer)
        longest.write(to: &writer)
        elapsed.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        stimulus = try String(from: &reader)
        raised = try UInt32(from: &reader)
        arrived = try UInt32(from: &reader)
        lost = try UInt32(from: &reader)
        spurious = try UInt32(from: &reader)
        overflowed = try Bool(from: &reader)
        shortest = try Nanoseconds(from: &reader)
        median = try Nanoseconds(from: &reader)
        percentile99 = try Nanoseconds(from: &reader)
        longest = try Nanoseconds(from: &reader)
        elapsed = try Nanoseconds(from: &reader)
    }
}
