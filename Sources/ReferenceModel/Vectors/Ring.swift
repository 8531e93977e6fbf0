// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension Host {
    mutating func ring(
        _ name: DeviceName, _ vector: VectorIndex, _ count: UInt32,
        _ seen: inout StepExpectation
    ) {
        guard let (device, armed) = armed(name, vector, &seen) else { return }
        if armed.isDisturbed {
            // Where the message went is gone with the device's own reset.
            seen.outcome = .notPredicted(reason: "\(name) was reset behind the kernel's back")
            return
        }
        if armed.masked.contains(vector) {
            attached[name]?.armed?.pending.insert(vector)
            return seen.arrive(0)
        }
        if !device.isBusMaster { return seen.arrive(0) }
        guard let reaches = reaches(device, armed, vector) else {
            seen.faults = .oneOf([false, true], because: RingTarget.uncertainty)
            seen.outcome = .notPredicted(reason: "which doorbell \(vector) rings is not known")
            return
        }
        seen.arrive(reaches ? UInt64(count) : 0)
        seen.faults = .exactly(!reaches)
    }

    /// Whether a vector's message leads to a controller; nothing where that hangs on which of
    /// several doorbells it rings.
    func reaches(_ device: AttachedDevice, _ armed: ArmedVectors, _ vector: VectorIndex) -> Bool? {
        guard armed.kind != .intx else { return true }
        let message = armed.messages.first {
            armed.kind == .msi || $0.vector == vector
        }
        let group = board.group(of: device.address)
        guard !armed.messages.isEmpty, message != nil else { return nil }
        guard let message, let space = spaces[device.container],
            let index = space.domain(of: group)
        else { return false }
        let domain = space.domains[index]
        if case .bypass = domain.doorbells { return true }
        guard let map = message.map else { return false }
        guard let page = map.exact?.page, let address = message.address.exact else {
            if message.address.allows(.allOnes) { return nil }
            // Where several places are right, any of them is mapped, but not in another domain.
            return armed.isMoved ? domain.pages.isEmpty ? false : nil : true
        }
        return domain.leads(address, to: page)
    }

    /// VFIO signals the eventfd itself: no interrupt is counted (`vfio_pci_set_msi_trigger`, 6.1).
    mutating func loop(
        _ name: DeviceName, _ vector: VectorIndex, _ count: UInt32,
        _ seen: inout StepExpectation
    ) {
        guard armed(name, vector, &seen) != nil else { return }
        seen.arrivals = UInt64(count)
        seen.counted = 0
    }

    /// A raise under the mask leaves a pending bit, and unmasking sends one message for it.
    mutating func mask(
        _ name: DeviceName, _ vector: VectorIndex, _ masked: Bool, _ seen: inout StepExpectation
    ) {
        guard let (device, armed) = armed(name, vector, &seen) else { return }
        if masked {
            attached[name]?.armed?.masked.insert(vector)
            return seen.arrive(0)
        }
        let isPending = armed.pending.contains(vector) && device.isBusMaster
        attached[name]?.armed?.masked.remove(vector)
        attached[name]?.armed?.pending.remove(vector)
        guard isPending else { return seen.arrive(0) }
        guard let reaches = reaches(device, armed, vector) else {
            seen.faults = .oneOf([false, true], because: RingTarget.uncertainty)
            return
        }
        seen.arrive(reaches ? 1 : 0)
        seen.faults = .exactly(!reaches)
    }
}

extension StepExpectation {
    /// So many interrupts arrive, and the kernel counts each.
    mutating func arrive(_ count: UInt64) {
        arrivals = count
        counted = count
    }
}
