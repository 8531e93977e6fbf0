// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// What must come of a plan of traffic.
package struct TrafficExpectation: Sendable, Hashable, Codable {
    /// The vectors that ring, in the plan's order.
    package var lanes: [LaneExpectation]
    /// How each map of a storm must end; nothing where there is no storm.
    package var storm: Outcome?
    /// How often vectors are armed again, at most.
    package var rearmings: UInt64 = 0
}

/// What must come of the raises of one vector.
package struct LaneExpectation: Sendable, Hashable, Codable {
    package let device: PCIAddress
    package let vector: VectorIndex
    /// How often it is raised.
    package let raised: UInt64
    /// How many signals arrive on its eventfd; nothing where nobody can say.
    package var arrivals: ClosedRange<UInt64>?
    /// Whether raises may merge: edge interrupts do that while one is pending.
    package var mayMerge = false
    /// How many raises may be lost, and why.
    package var mayLose: UInt64 = 0
    /// Whether the eventfd is filled to one below its end before the first raise.
    package var isFilled = false
    /// Why there is a range; nothing where the number is exact.
    package var reason: String?

    package init(device: PCIAddress, vector: VectorIndex, raised: UInt64) {
        self.device = device
        self.vector = vector
        self.raised = raised
    }

    /// Whether the eventfd overflows, so that its sum means nothing: as soon as a signal comes
    /// (`eventfd_signal`, fs/eventfd.c, 6.1).
    package var overflow: EventfdOverflow {
        guard isFilled, let arrivals, arrivals.upperBound > 0 else { return .never }
        return arrivals.lowerBound > 0 ? .always : .possible
    }

    /// What a finding rests on.
    package var basis: String { reason ?? "exact" }
}

/// Whether an eventfd that was filled overflows.
package enum EventfdOverflow: Sendable, Hashable {
    case never
    /// Where every raise may be lost.
    case possible
    case always
}
