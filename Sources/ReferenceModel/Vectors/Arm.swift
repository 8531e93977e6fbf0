// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension Host {
    /// Follows `VFIO_DEVICE_SET_IRQS` with eventfds: allocating vectors maps the doorbell.
    mutating func arm(
        _ name: DeviceName, _ kind: InterruptKind, _ vectors: UInt32,
        _ seen: inout StepExpectation
    ) {
        guard let device = attached[name] else { return isNotAttached(name, &seen) }
        guard vectors > 0 else {
            seen.outcome = .impossible(reason: "no vector is asked for")
            return
        }
        if kind != .intx, isOpen(device) {
            attached[name]?.armed = ArmedVectors(kind: kind, count: vectors, messages: [])
            seen.outcome = .notPredicted(reason: Self.openness)
            return
        }
        if let armed = device.armed { return armAgain(name, armed, kind, vectors, &seen) }
        guard kind != .intx else {
            attached[name]?.armed = ArmedVectors(kind: kind, count: vectors, messages: [])
            return
        }
        guard let targets = targets(of: device.address, kind, vectors) else {
            seen.outcome = .notPredicted(reason: "which doorbell the device rings is not known")
            return
        }
        compose(name, device, kind, vectors, targets, &seen)
    }

    /// Vectors that are allocated stay allocated: their cached message is written again
    /// (`vfio_msi_set_vector_signal`, 6.1).
    private mutating func armAgain(
        _ name: DeviceName, _ armed: ArmedVectors, _ kind: InterruptKind, _ vectors: UInt32,
        _ seen: inout StepExpectation
    ) {
        guard armed.kind == kind else { return seen.refuse(VFIOCall.setInterrupts, .invalid) }
        guard vectors <= armed.count else {
            seen.outcome = .notPredicted(reason: "whether an armed set may grow is not known here")
            return
        }
        seen.messages = armed.messages.filter { kind == .msi || $0.vector.rawValue < vectors }
        attached[name]?.armed?.isDisturbed = armed.isDisturbed && vectors < armed.count
    }

    private mutating func compose(
        _ name: DeviceName, _ device: AttachedDevice, _ kind: InterruptKind, _ vectors: UInt32,
        _ targets: [RingTarget], _ seen: inout StepExpectation
    ) {
        var messages: [VectorExpectation] = []
        for (index, target) in targets.enumerated() {
            if isOpen(device) {
                seen.outcome = .notPredicted(reason: Self.openness)
                break
            }
            guard let composed = compose(target, for: device, &seen) else {
                return failed(device, &seen)
            }
            messages.append(
                VectorExpectation(
                    device: device.address, kind: kind,
                    vector: VectorIndex(rawValue: UInt32(index)),
                    address: composed.address, data: composed.data ?? target.data,
                    map: composed.map))
        }
        seen.messages = messages
        attached[name]?.armed = ArmedVectors(kind: kind, count: vectors, messages: messages)
    }

    /// Allocating failed on the way: what was mapped stays mapped, and no vector is armed.
    private mutating func failed(_ device: AttachedDevice, _ seen: inout StepExpectation) {
        guard case .refused(let errno) = design.unplaceable else { return }
        seen.refuse(VFIOCall.setInterrupts, errno)
    }
}
