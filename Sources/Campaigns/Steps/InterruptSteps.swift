// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Evidence
import Passthrough
import Vocabulary

extension StepRunner {
    mutating func arm(
        _ name: DeviceName, _ kind: InterruptKind, vectors: UInt32, into record: inout StepRecord
    ) async throws {
        let request = EnableInterrupts(
            device: try device(name).handle, interrupt: kind, count: vectors)
        guard let enabled = try await ask(request, into: &record), enabled.possible == nil else {
            return
        }
        stage.devices[name]?.armed = kind
    }

    mutating func disarm(_ name: DeviceName, into record: inout StepRecord) async throws {
        let device = try device(name)
        guard let kind = device.armed else {
            throw StepObstacle(description: "device '\(name)' has no armed vectors")
        }
        let request = DisableInterrupts(device: device.handle, interrupt: kind)
        guard try await ask(request, into: &record) != nil else { return }
        stage.devices[name]?.armed = nil
    }

    mutating func ring(
        _ name: DeviceName, _ vector: VectorIndex, count: UInt32, into record: inout StepRecord
    ) async throws {
        let request = Ring(device: try device(name).handle, vector: vector, count: count)
        let earlier = record.calls.count
        guard let result = try await ask(request, into: &record),
            let address = stage.taken[name]?.address
        else { return }
        let calls = record.calls[earlier...]
        record.ringing = RingRecord(
            device: address, vector: vector, raised: UInt64(result.raised),
            arrived: UInt64(result.arrived), spurious: UInt64(result.spurious),
            medianLatency: result.median.rawValue, worstLatency: result.longest.rawValue,
            elapsed: result.elapsed.rawValue, began: calls.first?.began ?? .init(rawValue: 0),
            ended: calls.last?.ended ?? .init(rawValue: 0))
    }

    mutating func reset(_ name: DeviceName, into record: inout StepRecord) async throws {
        _ = try await ask(ResetDevice(device: try device(name).handle), into: &record)
    }
}
