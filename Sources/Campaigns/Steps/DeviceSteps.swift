// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Boards
import Evidence
import Passthrough
import Vocabulary

extension StepRunner {
    /// Sets or clears a vector's mask bit, and accounts for what came while it changed.
    mutating func mask(
        _ name: DeviceName, _ vector: VectorIndex, masked: Bool, into record: inout StepRecord
    ) async throws {
        let device = try device(name)
        let request = MaskVector(device: device.handle, vector: vector, isMasked: masked)
        let earlier = record.calls.count
        guard let result = try await ask(request, expecting: stage, into: &record),
            let address = stage.taken[name]?.address
        else { return }
        guard result.isMasked == masked else {
            throw StepObstacle(
                description: "the mask bit of \(vector) of '\(name)' does not stay as it is written"
            )
        }
        let made = record.calls[min(earlier, record.calls.count)...]
        var ringing = RingRecord(
            device: address, vector: vector, raised: 0, arrived: result.signals, spurious: 0,
            medianLatency: 0, worstLatency: 0, elapsed: 0,
            began: made.first?.began ?? .init(rawValue: 0),
            ended: made.last?.ended ?? .init(rawValue: 0))
        ringing.stimulus = masked ? "mask bit set" : "mask bit cleared"
        record.ringing = ringing
    }

    /// Switches the bus master bit; ringing leaves it as it was switched.
    mutating func busMaster(
        _ name: DeviceName, enabled: Bool, into record: inout StepRecord
    ) async throws {
        let request = SetBusMaster(device: try device(name).handle, isOn: enabled)
        let answer = try await ask(request, expecting: stage, into: &record)
        guard let answer else { return }
        guard (answer.after & 4 != 0) == enabled else {
            throw StepObstacle(
                description: "the bus master bit of '\(name)' does not stay as it is written")
        }
    }

    /// Resets a device by its own register.
    mutating func disturb(_ name: DeviceName, into record: inout StepRecord) async throws {
        let device = try device(name)
        if let sparesResets { throw StepObstacle.spared(name, because: sparesResets) }
        _ = try await ask(
            DisturbDevice(device: device.handle), expecting: stage, into: &record)
    }
}
