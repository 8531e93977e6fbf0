// SPDX-License-Identifier: GPL-3.0-or-later

/// Which vector of a plan rings next.
package enum TrafficOrder: UInt8, WireValue, CaseIterable {
    /// One after the other, each awaited.
    case turns = 0
    /// All that are due are raised before one is awaited.
    case together = 1
    /// One after another as a seed draws them, each awaited.
    case random = 2
}

/// Makes vectors ring by a plan, in one loop and in memory that does not grow with the count.
///
/// All devices must be held by this agent, and the vectors armed. Bus mastering is switched on,
/// unless it was switched off by request. A vector that leaves 16 turns in a row unanswered is awaited
/// a millisecond only in each of the others.
package struct RunTraffic: AgentRequest {
    package typealias Answer = TrafficResult
    package static let kind = RequestKind.traffic

    package var lanes: [TrafficLane]
    /// What is done to devices while they ring.
    package var deeds: [TrafficDeed]
    /// How often each vector is raised.
    package var count: UInt32
    package var order: TrafficOrder
    /// Where a random order begins.
    package var seed: UInt64
    /// How long a turn may stay without an answer.
    package var timeout: Nanoseconds
    package var storm: TrafficStorm?
    /// Whether the vectors ring on behind the answer, unaccounted, until the agent is killed.
    package var goesOn: Bool

    package init(
        lanes: [TrafficLane], deeds: [TrafficDeed], count: UInt32, order: TrafficOrder,
        seed: UInt64, timeout: Nanoseconds = .milliseconds(500), storm: TrafficStorm? = nil,
        goesOn: Bool = false
    ) {
        self.lanes = lanes
        self.deeds = deeds
        self.count = count
        self.order = order
        self.seed = seed
        self.timeout = timeout
        self.storm = storm
        self.goesOn = goesOn
    }

    package func write(to writer: inout WireWriter) {
        lanes.write(to: &writer)
        deeds.write(to: &writer)
        count.write(to: &writer)
        order.write(to: &writer)
        seed.write(to: &writer)
        timeout.write(to: &writer)
        storm.write(to: &writer)
        goesOn.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        lanes = try [TrafficLane](from: &reader)
        deeds = try [TrafficDeed](from: &reader)
        count = try UInt32(from: &reader)
        order = try TrafficOrder(from: &reader)
        seed = try UInt64(from: &reader)
        timeout = try Nanoseconds(from: &reader)
        storm = try TrafficStorm?(from: &reader)
        goesOn = try Bool(from: &reader)
    }
}
