// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension TypeOneHost {
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
        if let armed = device.armed, armed.kind != kind {
            seen.outcome = .refused(calls: [VFIOCall.setInterrupts], errno: .invalid)
            return
        }
        if let armed = device.armed, vectors > armed.vectors {
            seen.outcome = .notPredicted(reason: "whether an armed set may grow is not known here")
            return
        }
        guard kind != .intx else {
            attached[name]?.armed = (kind, vectors)
            return
        }
        ringable(device, kind, vectors, &seen)
        attached[name]?.armed = (kind, max(vectors, device.armed?.vectors ?? 0))
    }

    /// Maps the doorbell, where it is not yet, and composes the messages.
    private mutating func ringable(
        _ device: AttachedDevice, _ kind: InterruptKind, _ vectors: UInt32,
        _ seen: inout StepExpectation
    ) {
        guard let doorbell = board.doorbell(of: device.address), let register = doorbell.register,
            let (map, fresh) = containers[device.container]?.cookie?.page(of: register)
        else {
            seen.outcome = .notPredicted(reason: "which doorbell the device rings is not known")
            return
        }
        if let range = map.range, containers[device.container]?.maps.overlaps(range) == true {
            seen.outcome = .notPredicted(reason: "the user has mapped \(range) before")
            return
        }
        if fresh { seen.doorbellMaps = [.exactly(map)] }
        let address = MSICookie.address(of: register, in: map, granule: board.pageSize)
        // Of MSI only the first message stands in a register; the device adds the vector to its
        // data.
        seen.messages = (0..<(kind == .msi ? 1 : vectors)).map { index in
            let vector = VectorIndex(rawValue: index)
            return VectorExpectation(
                device: device.address, kind: kind, vector: vector, address: .exactly(address),
                data: doorbell.data(of: vector), map: .exactly(map))
        }
    }

    mutating func ring(
        _ name: DeviceName, _ vector: VectorIndex, _ count: UInt32,
        _ seen: inout StepExpectation
    ) {
        guard let device = attached[name] else { return isNotAttached(name, &seen) }
        guard let armed = device.armed, vector.rawValue < armed.vectors else {
            seen.outcome = .impossible(reason: "\(vector) of \(name) is not armed")
            return
        }
        seen.arrivals = UInt64(count)
    }

    mutating func disarm(_ name: DeviceName, _ seen: inout StepExpectation) {
        guard let device = attached[name] else { return isNotAttached(name, &seen) }
        guard device.armed != nil else {
            seen.outcome = .notPredicted(reason: "\(name) is not armed")
            return
        }
        attached[name]?.armed = nil
    }

    mutating func reset(_ name: DeviceName, _ seen: inout StepExpectation) {
        guard attached[name] != nil else { return isNotAttached(name, &seen) }
        seen.outcome = .notPredicted(reason: "whether \(name) can be reset is not known")
    }

    func isNotAttached(_ name: DeviceName, _ seen: inout StepExpectation) {
        seen.outcome = .impossible(reason: "device \(name) is not attached")
    }
}
