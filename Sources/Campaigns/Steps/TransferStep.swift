// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Boards
import Evidence
import Passthrough
import Vocabulary

extension StepRunner {
    /// Lets a device's own engine move four bytes, between two readings of the kernel's log: a fault
    /// that the SMMU reports then belongs to this step.
    mutating func transfer(
        _ name: DeviceName, _ transfer: Transfer, into record: inout StepRecord
    ) async throws {
        let device = try device(name)
        guard let bus = stage.taken[name]?.address else { throw StepObstacle.notAttached(name) }
        let address = try await address(of: transfer.target, for: name)
        let value = try await value(of: transfer)
        let request = TransferBytes(
            device: device.handle, direction: transfer.direction == .read ? .read : .write,
            address: address, value: value ?? 0)
        let result = try await askWithLog(request, through: device.holder, into: &record)
        guard let result else { return }
        record.transfer = TransferRecord(
            device: bus, direction: transfer.direction, address: address, value: result.value,
            memory: result.memory, signals: result.signals.compactMap(signals),
            began: result.began, ended: result.ended)
    }

    private func signals(_ counted: VectorSignals) -> TransferRecord.Signals? {
        let owner = stage.devices.first { $0.value.handle == counted.device }?.key
        return owner.flatMap { stage.taken[$0] }.map {
            TransferRecord.Signals(
                device: $0.address, vector: counted.vector, count: counted.count)
        }
    }

    /// What the device puts on the bus.
    private func address(
        of target: Transfer.Target, for name: DeviceName
    ) async throws -> IOVA {
        switch target {
        case .memory(let place):
            guard let address = place.address(page: pageSize) else {
                throw StepObstacle(description: "\(place) leaves the 64 bits of an IOVA")
            }
            return address
        case .doorbell:
            let message = try await message(of: name, VectorIndex(rawValue: 0))
            return IOVA(rawValue: message.address.rawValue)
        case .physicalDoorbell: return try physicalDoorbell(of: name)
        }
    }

    private func physicalDoorbell(of name: DeviceName) throws(StepObstacle) -> IOVA {
        let bus = stage.taken[name]?.address
        guard let bus, let register = doorbells?.register(of: bus) else {
            throw StepObstacle(
                description: "the physical address of the doorbell of '\(name)' is not known")
        }
        return IOVA(rawValue: register.rawValue)
    }

    private func value(of transfer: Transfer) async throws -> UInt32? {
        switch transfer.value {
        case .word(let word): word
        case .message(let device, let vector): try await message(of: device, vector).data
        case nil: nil
        }
    }
}
