// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Evidence
import Passthrough
import Vocabulary

extension StepRunner {
    mutating func arm(
        _ name: DeviceName, _ kind: InterruptKind, vectors: UInt32, into record: inout StepRecord
    ) async throws {
        if let most = try device(name).vectors[kind], vectors > most {
            throw StepObstacle.tooFew(name, kind, has: most, wanted: vectors)
        }
        let request = EnableInterrupts(
            device: try device(name).handle, interrupt: kind, count: vectors)
        var expected = stage
        expected.devices[name]?.armed = kind
        expected.devices[name]?.armedVectors = vectors
        let enabled = try await ask(request, expecting: expected, into: &record)
        if let possible = enabled?.possible {
            throw StepObstacle.tooFew(name, kind, has: possible, wanted: vectors)
        }
        if enabled != nil { stage = expected }
    }

    mutating func disarm(_ name: DeviceName, into record: inout StepRecord) async throws {
        let device = try device(name)
        guard let kind = device.armed else {
            throw StepObstacle(description: "device '\(name)' has no armed vectors")
        }
        let request = DisableInterrupts(device: device.handle, interrupt: kind)
        var expected = stage
        expected.devices[name]?.armed = nil
        expected.devices[name]?.armedVectors = nil
        if try await ask(request, expecting: expected, into: &record) != nil { stage = expected }
    }

    mutating func ring(
        _ name: DeviceName, _ vector: VectorIndex, count: UInt32, into record: inout StepRecord
    ) async throws {
        let way: RingWay = requirements[name]?.stimulus == .factorial ? .computation : .shortest
        let request = Ring(
            device: try device(name).handle, vector: vector, count: count, way: way)
        let earlier = record.calls.count
        guard
            let result = try await ask(
                request, expecting: stage, allowing: patience(forRaises: count), into: &record),
            let address = stage.taken[name]?.address
        else { return }
        try record.note(result, of: address, vector, calls: earlier)
    }

    mutating func reset(_ name: DeviceName, into record: inout StepRecord) async throws {
        let device = try device(name)
        if let sparesResets { throw StepObstacle.spared(name, because: sparesResets) }
        let request = ResetDevice(device: device.handle)
        _ = try await ask(request, expecting: stage, into: &record)
    }
}
