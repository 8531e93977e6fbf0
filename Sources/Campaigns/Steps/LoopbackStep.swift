// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Evidence
import Passthrough
import Vocabulary

extension StepRunner {
    /// Lets VFIO itself signal a vector; the record says that no device rang.
    mutating func loopback(
        _ name: DeviceName, _ vector: VectorIndex, count: UInt32, into record: inout StepRecord
    ) async throws {
        let request = TriggerLoopback(
            device: try device(name).handle, vector: vector, count: count)
        let earlier = record.calls.count
        guard
            let result = try await ask(
                request, expecting: stage, allowing: patience(forRaises: count), into: &record),
            let address = stage.taken[name]?.address
        else { return }
        try record.note(result, of: address, vector, calls: earlier)
        record.ringing?.isSynthetic = true
    }

    /// How long so many raises may take: a device that answers none is awaited for some seconds,
    /// and for a millisecond for each of the others.
    func patience(forRaises count: UInt32) -> Duration {
        patience + .seconds(7) + .milliseconds(2) * Int(count)
    }
}

extension StepRecord {
    /// Keeps the account of a ring.
    /// - Throws: `StepObstacle` where an overflow took away what could be counted.
    mutating func note(
        _ result: RingResult, of device: PCIAddress, _ vector: VectorIndex, calls earlier: Int
    ) throws {
        guard !result.overflowed else {
            throw StepObstacle(
                description: "the eventfd of \(vector) of \(device) overflowed: nobody knows how "
                    + "many signals came")
        }
        let made = calls[min(earlier, calls.count)...]
        var ringing = RingRecord(
            device: device, vector: vector, raised: UInt64(result.raised),
            arrived: UInt64(result.arrived), spurious: UInt64(result.spurious),
            medianLatency: result.median.rawValue, worstLatency: result.longest.rawValue,
            elapsed: result.elapsed.rawValue, began: made.first?.began ?? .init(rawValue: 0),
            ended: made.last?.ended ?? .init(rawValue: 0))
        ringing.stimulus = result.stimulus
        self.ringing = ringing
    }
}
