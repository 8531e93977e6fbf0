// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension Host {
    /// Follows four bytes that a device's DMA engine puts on the bus.
    mutating func transfer(
        _ name: DeviceName, _ transfer: Transfer, _ seen: inout StepExpectation
    ) {
        guard let device = attached[name] else { return isNotAttached(name, &seen) }
        guard let address = address(of: transfer.target, for: device, &seen) else { return }
        guard device.isBusMaster else {
            seen.faults = .exactly(false)
            return seen.arrive(0)
        }
        guard let space = spaces[device.container],
            let index = space.domain(of: board.group(of: device.address))
        else { return }
        if space.maps.holding(address) != nil {
            seen.faults = .exactly(false)
            return seen.arrive(0)
        }
        let domain = space.domains[index]
        if let map = domain.pages.first(where: { $0.range?.contains(address) ?? false }) {
            return touch(map, at: address, transfer, by: device, &seen)
        }
        seen.faults = bypassed(address) ? .exactly(false) : .exactly(true)
        if bypassed(address) { return }
        seen.arrive(0)
    }

    /// Where the hardware lets messages pass, a write reaches the controller untranslated.
    private func bypassed(_ address: IOVA) -> Bool {
        board.host.hardwareWindows.contains { $0.contains(address) }
    }

    private func address(
        of target: Transfer.Target, for device: AttachedDevice, _ seen: inout StepExpectation
    ) -> IOVA? {
        let address: IOVA? =
            switch target {
            case .memory(let place): place.address(page: board.pageSize)
            case .doorbell:
                device.armed?.messages.first?.address.exact.map { IOVA(rawValue: $0.rawValue) }
            case .physicalDoorbell:
                targets(of: device.address, .msix, 1)?.first.flatMap { target in
                    target.registers.count == 1 ? target.registers.first : nil
                }.map { IOVA(rawValue: $0.rawValue) }
            }
        if address == nil {
            seen.outcome = .notPredicted(reason: "the address of \(target) is not known")
        }
        return address
    }

    /// A device reaches a doorbell's page: it can forge messages, its own and on GICv2m others'.
    private func touch(
        _ map: DoorbellMap, at address: IOVA, _ transfer: Transfer, by device: AttachedDevice,
        _ seen: inout StepExpectation
    ) {
        if transfer.direction == .read {
            seen.arrive(0)
            // A second stage can forbid reading, a first stage cannot (`arm_lpae_prot_to_pte`, 6.12).
            seen.faults =
                board.host.stage == .two
                ? .exactly(!design.doorbellsAreReadable)
                : .oneOf([false, true], because: "stage 1 cannot make a page write-only")
            return
        }
        seen.faults = .exactly(false)
        guard case .message(let victim, let vector)? = transfer.value,
            let other = attached[victim], let armed = other.armed,
            vector.rawValue < armed.count, !armed.masked.contains(vector)
        else { return }
        let register = map.page.rawValue | (address.rawValue & (map.size.rawValue - 1))
        let forged = forges(
            other.address, at: PhysicalAddress(rawValue: register), by: device.address)
        guard let forged else {
            seen.outcome = .notPredicted(
                reason: "DMA on this board does not tell the ITS which device writes")
            return
        }
        seen.arrive(forged ? 1 : 0)
    }

    /// Whether a write of another vector's data raises its interrupt.
    ///
    /// A frame takes the interrupt from the data; an ITS looks it up for the device that writes.
    /// Nothing where that ITS is not told who writes: what does not arrive then proves nothing.
    private func forges(
        _ victim: PCIAddress, at register: PhysicalAddress, by writer: PCIAddress
    ) -> Bool? {
        guard let controller = board.controller(of: victim) else { return false }
        let context = board.context(of: victim, vector: VectorIndex(rawValue: 0))
        let rung = controller.doorbells.first { $0.registers(for: context).contains(register) }
        guard let rung else { return false }
        if !rung.isIsolated { return true }
        guard board.host.isRequesterTold else { return nil }
        return board.deviceID(of: victim) == board.deviceID(of: writer)
    }
}
