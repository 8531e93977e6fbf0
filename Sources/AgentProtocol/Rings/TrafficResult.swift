// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// How a plan of traffic went.
package struct TrafficResult: WireValue {
    /// In the order of the request.
    package var lanes: [LaneResult]
    package var storm: StormResult?
    /// How often an interrupt was moved, and how often the kernel did not take the new processor.
    package var moves: UInt32
    package var refusedMoves: UInt32
    /// How often a device was armed again, and how often a reset succeeded.
    package var rearmings: UInt32
    package var resets: UInt32
    package var began: BoardInstant
    package var ended: BoardInstant

    package init(
        lanes: [LaneResult], storm: StormResult?, moves: UInt32, refusedMoves: UInt32,
        rearmings: UInt32, resets: UInt32, began: BoardInstant, ended: BoardInstant
    ) {
        self.lanes = lanes
        self.storm = storm
        self.moves = moves
        self.refusedMoves = refusedMoves
        self.rearmings = rearmings
        self.resets = resets
        self.began = began
        self.ended = ended
    }

    package func write(to writer: inout WireWriter) {
        lanes.write(to: &writer)
        storm.write(to: &writer)
        moves.write(to: &writer)
        refusedMoves.write(to: &writer)
        rearmings.write(to: &writer)
        resets.write(to: &writer)
        began.write(to: &writer)
        ended.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        lanes = try [LaneResult](from: &reader)
        storm = try StormResult?(from: &reader)
        moves = try UInt32(from: &reader)
        refusedMoves = try UInt32(from: &reader)
        rearmings = try UInt32(from: &reader)
        resets = try UInt32(from: &reader)
        began = try BoardInstant(from: &reader)
        ended = try BoardInstant(from: &reader)
    }
}

/// The account of one vector; `RaiseTally` says what each number means.
package struct LaneResult: WireValue {
    /// What was written where: "edu BAR0+0x60".
    package var stimulus: String
    package var raised: UInt64
    package var arrived: UInt64
    package var merged: UInt64
    package var lost: UInt64
    package var spurious: UInt64
    /// Signals that came while the vector's mask was set, and how often it was raised under it.
    package var premature: UInt64
    package var maskings: UInt64
    /// Signals since the plan armed the vector again; nothing where it did not.
    package var sinceArmed: UInt64?
    /// Whether the eventfd overflowed: then nobody knows how many signals came.
    package var overflowed: Bool
    /// From the last raise of a burst to the return of the eventfd's read, within 1/32; 0 when
    /// nothing arrived.
    package var median: Nanoseconds
    package var percentile99: Nanoseconds
    package var longest: Nanoseconds

    package init(
        stimulus: String, tally: RaiseTally, premature: UInt64, maskings: UInt64,
        sinceArmed: UInt64?, overflowed: Bool, latency: LatencyHistogram
    ) {
        self.stimulus = stimulus
        raised = tally.raised
        arrived = tally.arrived
        merged = tally.merged
        lost = tally.lost
        spurious = tally.spurious
        self.premature = premature
        self.maskings = maskings
        self.sinceArmed = sinceArmed
        self.overflowed = overflowed
        median = latency.percentile(50)
        percentile99 = latency.percentile(99)
        longest = latency.longest
    }

    package func write(to writer: inout WireWriter) {
        stimulus.write(to: &writer)
        for number in [raised, arrived, merged, lost, spurious, premature, maskings] {
            number.write(to: &writer)
        }
        sinceArmed.write(to: &writer)
        overflowed.write(to: &writer)
        median.write(to: &writer)
        percentile99.write(to: &writer)
        longest.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        stimulus = try String(from: &reader)
        raised = try UInt64(from: &reader)
        arrived = try UInt64(from: &reader)
        merged = try UInt64(from: &reader)
        lost = try UInt64(from: &reader)
        spurious = try UInt64(from: &reader)
        premature = try UInt64(from: &reader)
        maskings = try UInt64(from: &reader)
        sinceArmed = try UInt64?(from: &reader)
        overflowed = try Bool(from: &reader)
        median = try Nanoseconds(from: &reader)
        percentile99 = try Nanoseconds(from: &reader)
        longest = try Nanoseconds(from: &reader)
    }
}

/// The account of a storm.
package struct StormResult: WireValue {
    /// Maps that were asked for.
    package var rounds: UInt32
    /// Those that succeeded, and unmaps that took out all that was mapped.
    package var maps: UInt32
    package var unmaps: UInt32
    /// Of the first call that failed.
    package var errno: KernelErrno
    /// Calls that armed or disarmed vectors while a map or unmap ran.
    package var overlaps: UInt32

    package init(rounds: UInt32, maps: UInt32, unmaps: UInt32, errno: KernelErrno, overlaps: UInt32)
    {
        self.rounds = rounds
        self.maps = maps
        self.unmaps = unmaps
        self.errno = errno
        self.overlaps = overlaps
    }

    package func write(to writer: inout WireWriter) {
        rounds.write(to: &writer)
        maps.write(to: &writer)
        unmaps.write(to: &writer)
        errno.write(to: &writer)
        overlaps.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        rounds = try UInt32(from: &reader)
        maps = try UInt32(from: &reader)
        unmaps = try UInt32(from: &reader)
        errno = try KernelErrno(from: &reader)
        overlaps = try UInt32(from: &reader)
    }
}
