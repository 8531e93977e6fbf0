// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Steps that touch a device itself, or a second address space.
extension StepReader {
    func openBeside(_ body: Value) -> Step? {
        guard let reader = MappingReader<OpenBesideKey>(body, strange: Expecting.sentence) else {
            return nil
        }
        let container = reader.required(.container) { $0.name(ContainerName.self) }
        let beside = reader.required(.beside) { $0.name(ContainerName.self) }
        guard let container, let beside else { return nil }
        return .openBeside(container: container, beside: beside)
    }

    func vector(_ body: Value) -> (DeviceName, VectorIndex)? {
        guard let reader = MappingReader<VectorKey>(body, strange: Expecting.sentence) else {
            return nil
        }
        let device = reader.required(.device, device)
        let vector: UInt32 = reader.optional(.vector, default: 0) { $0.vector() }
        return device.map { ($0, VectorIndex(rawValue: vector)) }
    }

    func steer(_ body: Value) -> Step? {
        guard let reader = MappingReader<SteerKey>(body, strange: Expecting.sentence) else {
            return nil
        }
        let device = reader.required(.device, device)
        let vector: UInt32 = reader.optional(.vector, default: 0) { $0.vector() }
        let processor: UInt32? = reader.required(.processor) { $0.count(0...4095) }
        guard let device, let processor else { return nil }
        return .steer(
            device: device, vector: VectorIndex(rawValue: vector), processor: processor)
    }

    func busMaster(_ body: Value) -> Step? {
        guard let reader = MappingReader<BusMasterKey>(body, strange: Expecting.sentence) else {
            return nil
        }
        let device = reader.required(.device, device)
        let enabled = reader.required(.enabled) { $0.boolean() }
        guard let device, let enabled else { return nil }
        return .busMaster(device: device, enabled: enabled)
    }

    func transfer(_ direction: Transfer.Direction, _ body: Value) -> Step? {
        guard let reader = MappingReader<TransferKey>(body, strange: Expecting.sentence) else {
            return nil
        }
        let device = reader.required(.device, device)
        let target = reader.required(.at, target)
        let value = carried(reader)
        guard let device, let target else { return nil }
        let carries = reader[.value] != nil || reader[.message] != nil
        // What stands there but could not be read has a complaint of its own.
        if carries, direction == .write, value == nil { return nil }
        guard carries == (direction == .write) else {
            return body.complain(
                direction == .read
                    ? "a read carries nothing; remove 'value' or 'message'"
                    : "a write carries four bytes; give 'value' or 'message'", as: Step.self)
        }
        return .transfer(
            device: device, Transfer(direction: direction, target: target, value: value))
    }

    /// An IOVA, `doorbell` or `physical-doorbell`.
    private func target(_ value: Value) -> Transfer.Target? {
        switch value.word {
        case "doorbell": .doorbell
        case "physical-doorbell": .physicalDoorbell
        default: value.placement().map(Transfer.Target.memory)
        }
    }

    private func carried(_ reader: MappingReader<TransferKey>) -> Transfer.Value? {
        if let word = reader[.value] {
            let number: UInt32? = word.count(0...UInt32.max)
            return number.map(Transfer.Value.word)
        }
        guard let message = reader[.message], let (device, vector) = vector(message) else {
            return nil
        }
        return .message(device: device, vector: vector)
    }
}
