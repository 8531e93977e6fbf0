// SPDX-License-Identifier: GPL-3.0-or-later
import Evidence
import Vocabulary

extension SimulatedAgent {
    /// Makes a device's own DMA engine touch four bytes.
    func move(_ name: DeviceName, _ transfer: Transfer) throws(Obstacle) {
        let function = try device(name)
        let address = try address(of: transfer.target, for: function, name)
        let value = try word(of: transfer)
        letMaster(function)
        let watched = watchedInterrupts()
        let before = watched.map { $0.signals ?? 0 }
        let began = kernel.clock.now
        let read = carry(transfer.direction, value, to: address, by: function)
        kernel.clock.pass(microseconds: 5)
        record.transfer = TransferRecord(
            device: function.address, direction: transfer.direction, address: address,
            value: transfer.direction == .read ? read : value,
            memory: userWord(at: address, name),
            signals: zip(watched, before).map { interrupt, earlier in
                TransferRecord.Signals(
                    device: interrupt.function.address,
                    vector: VectorIndex(rawValue: interrupt.vector),
                    count: (interrupt.signals ?? 0) - earlier)
            },
            began: began, ended: kernel.clock.now)
    }

    private func carry(
        _ direction: Transfer.Direction, _ value: UInt32, to address: IOVA,
        by function: PCIFunction
    ) -> UInt32? {
        guard function.registers.isBusMaster else { return nil }
        switch direction {
        case .write:
            _ = kernel.write(value, to: address.rawValue, by: function)
            return nil
        case .read:
            // A read that is refused completes with all ones on PCI.
            let answer = kernel.read(from: address.rawValue, by: function)
            if case .done(let read) = answer { return read }
            return .max
        }
    }

    private func address(
        of target: Transfer.Target, for function: PCIFunction, _ name: DeviceName
    ) throws(Obstacle) -> IOVA {
        switch target {
        case .memory(let placement):
            guard let iova = placement.address(page: kernel.board.page) else {
                throw Obstacle(reason: "\(placement) leaves the 64 bits of an IOVA")
            }
            return iova
        case .doorbell:
            guard let message = kernel.message(of: function, 0) else {
                throw Obstacle(reason: "device '\(name)' has no message to aim at")
            }
            return IOVA(rawValue: message.address.rawValue)
        case .physicalDoorbell:
            guard let ticket = function.interrupts.first?.ticket else {
                let place = function.description.controller
                return IOVA(rawValue: kernel.controllers.register(place).rawValue)
            }
            return IOVA(rawValue: ticket.register.rawValue)
        }
    }

    private func word(of transfer: Transfer) throws(Obstacle) -> UInt32 {
        switch transfer.value {
        case nil: return 0
        case .word(let word): return word
        case .message(let name, let vector):
            guard let function = functions[name],
                let message = kernel.message(of: function, vector.rawValue),
                function.kind != nil
            else { throw Obstacle(reason: "device '\(name)' has no message for \(vector)") }
            return message.data
        }
    }

    /// Every armed eventfd, in the order of devices and vectors.
    private func watchedInterrupts() -> [LinuxInterrupt] {
        devices.flatMap { $0.function.interrupts.filter { $0.signals != nil } }
    }

    /// What the agent reads in its own memory at an IOVA.
    private func userWord(at iova: IOVA, _ name: DeviceName) -> UInt32? {
        guard let container = attached[name] else { return nil }
        let maps = container.iommu?.maps ?? container.space?.maps ?? []
        guard let map = maps.first(where: { $0.range.contains(iova) }) else { return nil }
        let offset = iova.rawValue - map.range.first.rawValue
        for run in map.runs where offset >= run.offset.rawValue {
            let distance = offset - run.offset.rawValue
            guard distance < run.size.rawValue else { continue }
            return kernel.memory.word(
                at: PhysicalAddress(rawValue: run.page.rawValue + distance))
        }
        return nil
    }
}
