// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// The account of a traffic step: every raise of every vector is somewhere in it.
package struct TrafficRecord: Sendable, Hashable, Codable {
    /// The vectors that rang, in the plan's order.
    package var lanes: [LaneRecord]
    /// What came of the maps beside it.
    package var storm: StormRecord?
    /// How often an interrupt was moved to another processor.
    package var moves: UInt64
    /// How often a device was armed again, and how often reset.
    package var rearmings: UInt64
    package var resets: UInt64
    /// From the first raise to the last arrival.
    package var began: BoardInstant
    package var ended: BoardInstant

    package init(
        lanes: [LaneRecord], storm: StormRecord? = nil, moves: UInt64 = 0, rearmings: UInt64 = 0,
        resets: UInt64 = 0, began: BoardInstant, ended: BoardInstant
    ) {
        self.lanes = lanes
        self.storm = storm
        self.moves = moves
        self.rearmings = rearmings
        self.resets = resets
        self.began = began
        self.ended = ended
    }
}

/// The account of one vector: `raised` is the sum of `arrived`, `merged` and `lost`.
package struct LaneRecord: Sendable, Hashable, Codable {
    package var device: PCIAddress
    package var vector: VectorIndex
    /// How often the device was told to raise.
    package var raised: UInt64
    /// How many of these were seen on the eventfd as a signal of their own.
    package var arrived: UInt64
    /// How many came within the signal of another raise of their burst.
    package var merged: UInt64 = 0
    /// How many no signal followed.
    package var lost: UInt64 = 0
    /// How many signals came that nobody raised.
    package var spurious: UInt64 = 0
    /// How many signals came while the vector's mask was set.
    package var premature: UInt64 = 0
    /// How often the vector was raised under its mask.
    package var maskings: UInt64 = 0
    /// How many signals came since the step armed the vector again; nothing where it did not: the
    /// kernel counts anew then.
    package var sinceArmed: UInt64?
    /// Whether the eventfd overflowed: nobody knows then how many signals came.
    package var overflowed = false
    /// From the last raise of a burst to the return of the eventfd's read.
    package var latency: LatencyRecord?
    /// What was written where: "edu BAR0+0x60"; nothing where nobody said.
    package var stimulus: String?

    package init(device: PCIAddress, vector: VectorIndex, raised: UInt64, arrived: UInt64) {
        self.device = device
        self.vector = vector
        self.raised = raised
        self.arrived = arrived
    }

    /// Every signal of the eventfd, whoever caused it.
    package var signals: UInt64 { arrived &+ spurious &+ premature }
}

/// How long interrupts took, in nanoseconds on the board's clock; percentiles within 1/32.
package struct LatencyRecord: Sendable, Hashable, Codable {
    package var median: UInt64
    package var percentile99: UInt64
    package var worst: UInt64

    package init(median: UInt64, percentile99: UInt64, worst: UInt64) {
        self.median = median
        self.percentile99 = percentile99
        self.worst = worst
    }
}

/// The account of a storm of maps.
package struct StormRecord: Sendable, Hashable, Codable {
    /// How often a map was asked for, each unmapped again where it succeeded.
    package var rounds: UInt64
    /// How many maps succeeded, and how many unmaps took out all that was mapped.
    package var maps: UInt64
    package var unmaps: UInt64
    /// The errno of the first call that failed.
    package var errno: KernelErrno
    /// How many calls that armed or disarmed vectors ran while a map or unmap did.
    package var overlaps: UInt64

    package init(
        rounds: UInt64, maps: UInt64, unmaps: UInt64, errno: KernelErrno, overlaps: UInt64 = 0
    ) {
        self.rounds = rounds
        self.maps = maps
        self.unmaps = unmaps
        self.errno = errno
        self.overlaps = overlaps
    }
}
