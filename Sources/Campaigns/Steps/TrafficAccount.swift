// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Evidence
import Passthrough
import Vocabulary

extension StepRunner {
    /// How long a plan may take: its raises, its pauses, and what is done meanwhile.
    func patience(forRaises plan: TrafficPlan, _ lanes: [TrafficPlan.Lane]) -> Duration {
        let slowest = lanes.map { lane in
            lane.rate.map { Duration.seconds(1) / Int($0) * Int(plan.count) } ?? .zero
        }.max()
        let most = UInt64(plan.count) * UInt64(lanes.count)
        // A silent vector is awaited half a second for 16 turns, and a device rests a while before
        // each of at most 64 armings or resets.
        return patience + (slowest ?? .zero) + .seconds(8 * lanes.count)
            + .milliseconds(4) * Int(clamping: most) + .seconds(64)
    }

    /// Keeps the account of a plan.
    /// - Throws: `StepObstacle` where the kernel did not let interrupts be moved.
    func note(
        _ result: TrafficResult, of lanes: [TrafficPlan.Lane], calls earlier: Int,
        in record: inout StepRecord
    ) throws {
        guard result.refusedMoves == 0 else {
            throw StepObstacle(
                description: "the kernel did not let \(result.refusedMoves) interrupts be moved",
                kind: .kernel)
        }
        var accounts: [LaneRecord] = []
        for (lane, seen) in zip(lanes, result.lanes) {
            guard let address = stage.taken[lane.device]?.address else { continue }
            accounts.append(LaneRecord(seen, of: address, lane.vector))
        }
        record.traffic = TrafficRecord(
            lanes: accounts, storm: result.storm.map(StormRecord.init),
            moves: UInt64(result.moves), rearmings: UInt64(result.rearmings),
            resets: UInt64(result.resets), began: result.began, ended: result.ended)
    }
}

extension LaneRecord {
    /// The agent's account of a vector, as it is archived.
    fileprivate init(_ result: LaneResult, of device: PCIAddress, _ vector: VectorIndex) {
        self.init(
            device: device, vector: vector, raised: result.raised, arrived: result.arrived)
        merged = result.merged
        lost = result.lost
        spurious = result.spurious
        premature = result.premature
        maskings = result.maskings
        sinceArmed = result.sinceArmed
        overflowed = result.overflowed
        stimulus = result.stimulus
        guard result.longest > .zero else { return }
        latency = LatencyRecord(
            median: result.median.rawValue, percentile99: result.percentile99.rawValue,
            worst: result.longest.rawValue)
    }
}

extension StormRecord {
    /// The agent's account of a storm, as it is archived.
    fileprivate init(_ result: StormResult) {
        self.init(
            rounds: UInt64(result.rounds), maps: UInt64(result.maps),
            unmaps: UInt64(result.unmaps), errno: result.errno, overlaps: UInt64(result.overlaps))
    }
}
