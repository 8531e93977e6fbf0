// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Follows the steps of a case and complains of those that cannot be carried out in their place.
///
/// What the kernel may refuse is allowed here, and assumed to succeed: seeing the refusal is what
/// cases are for.
struct StepOrder {
    let devices: [DeviceName: DeviceRequirement]
    private var open: Set<ContainerName> = []
    private var attached: [DeviceName: ContainerName] = [:]
    private var armed: [DeviceName: UInt32] = [:]

    init(devices: [DeviceName: DeviceRequirement]) { self.devices = devices }

    /// Takes the next step, and gives a sentence when it makes no sense here.
    mutating func follow(_ step: Step) -> String? {
        switch step {
        case .open(let container): follow(open: container)
        case .openBeside(let container, let beside):
            needsOpen(beside) ?? follow(open: container)
        case .close(let container), .kill(let container): follow(close: container)
        case .attach(let device, let container): follow(attach: device, to: container)
        case .detach(let device): follow(detach: device)
        case .map(let container, _, _), .unmap(let container, _, _), .window(let container, _, _):
            needsOpen(container)
        case .arm(let device, _, let vectors): follow(arm: device, vectors: vectors)
        case .ring(let device, let vector, _): follow(ring: device, vector: vector)
        case .loopback(let device, let vector, _), .mask(let device, let vector, _),
            .steer(let device, let vector, _):
            needsArmed(device, vector)
        case .disarm(let device): follow(disarm: device)
        case .reset(let device), .disturb(let device), .busMaster(let device, _):
            needsAttached(device)
        case .transfer(let device, let transfer): follow(transfer, by: device)
        case .move(let device, let container): follow(move: device, to: container)
        case .giveBack(let device): follow(giveBack: device)
        case .allowUnsafeInterrupts: nil
        }
    }

    private mutating func follow(open container: ContainerName) -> String? {
        guard open.insert(container).inserted else {
            return "container '\(container)' is open already; close it first or name another"
        }
        return nil
    }

    private mutating func follow(close container: ContainerName) -> String? {
        if let sentence = needsOpen(container) { return sentence }
        open.remove(container)
        for (device, home) in attached where home == container { forget(device) }
        return nil
    }

    private mutating func follow(attach device: DeviceName, to container: ContainerName) -> String?
    {
        if let sentence = needsOpen(container) { return sentence }
        if let home = attached[device] {
            return "device '\(device)' is attached to '\(home)' already; detach it first"
        }
        attached[device] = container
        return nil
    }

    private mutating func follow(move device: DeviceName, to container: ContainerName) -> String? {
        if let sentence = needsAttached(device) ?? needsOpen(container) { return sentence }
        attached[device] = container
        return nil
    }

    /// A message that is written must be there to be copied.
    private func follow(_ transfer: Transfer, by device: DeviceName) -> String? {
        if let sentence = needsAttached(device) { return sentence }
        if case .message(let other, let vector)? = transfer.value {
            return needsArmed(other, vector)
        }
        return nil
    }

    private mutating func follow(detach device: DeviceName) -> String? {
        if let sentence = needsAttached(device) { return sentence }
        forget(device)
        return nil
    }

    private mutating func follow(arm device: DeviceName, vectors: UInt32) -> String? {
        if let sentence = needsAttached(device) { return sentence }
        if armed[device] != nil {
            return "device '\(device)' is armed already; disarm it first"
        }
        armed[device] = vectors
        return nil
    }

    private mutating func follow(disarm device: DeviceName) -> String? {
        armed.removeValue(forKey: device) == nil ? notArmed(device) : nil
    }

    private func follow(ring device: DeviceName, vector: VectorIndex) -> String? {
        if let kind = devices[device]?.kind, !kind.canBeRung {
            return
                "the harness cannot make a device of kind '\(kind)' raise a vector; ring an edu or e1000e"
        }
        return needsArmed(device, vector)
    }

    private func follow(giveBack device: DeviceName) -> String? {
        guard attached[device] != nil else { return nil }
        return "device '\(device)' is attached; detach it before its host driver gets it"
    }

    private func needsArmed(_ device: DeviceName, _ vector: VectorIndex) -> String? {
        guard let vectors = armed[device] else { return notArmed(device) }
        guard vector.rawValue < vectors else {
            return "device '\(device)' has \(vectors) armed, so its last is vector \(vectors - 1)"
        }
        return nil
    }

    private mutating func forget(_ device: DeviceName) {
        attached[device] = nil
        armed[device] = nil
    }

    private func needsOpen(_ container: ContainerName) -> String? {
        guard !open.contains(container) else { return nil }
        let advice = Spelling.advice(for: container.text, among: open.map(\.text).sorted())
        return "container '\(container)' is not open here; "
            + (open.isEmpty ? "write '- open: \(container)' before" : advice)
    }

    private func needsAttached(_ device: DeviceName) -> String? {
        guard attached[device] == nil else { return nil }
        return "device '\(device)' is not attached here; attach it to a container first"
    }

    private func notArmed(_ device: DeviceName) -> String {
        needsAttached(device) ?? "device '\(device)' is not armed here; arm it first"
    }
}

extension DeviceRequirement.Kind {
    /// Whether the harness knows how to make such a device raise an interrupt.
    var canBeRung: Bool {
        switch self {
        case .edu, .e1000e: true
        case .nvme: false
        }
    }
}
