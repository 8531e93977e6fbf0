// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Follows the steps of a case and complains of those that cannot be carried out in their place.
///
/// What the kernel may refuse is allowed here, and assumed to succeed: seeing the refusal is what
/// cases are for.
struct StepOrder {
    let devices: [DeviceName: DeviceRequirement]
    private var open: Set<ContainerName> = []
    private(set) var attached: [DeviceName: ContainerName] = [:]
    private(set) var armed: [DeviceName: UInt32] = [:]
    /// Devices that were reset behind the kernel's back since they were armed.
    private var disturbed: Set<DeviceName> = []
    /// What stands mapped in each container, in the order of the steps.
    private var maps: [ContainerName: [Map]] = [:]
    /// NVMe devices that had memory for their queues when they were armed.
    private var queued: Set<DeviceName> = []
    /// Devices that were pulled out.
    private var unplugged: Set<DeviceName> = []

    fileprivate struct Map: Equatable {
        let at: Placement
        let size: Extent
    }

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
        case .map(let container, let at, let size): follow(map: container, Map(at: at, size: size))
        case .unmap(let container, let at, let size):
            follow(unmap: container, Map(at: at, size: size))
        case .window(let container, _, _): needsOpen(container)
        case .arm(let device, _, let vectors): follow(arm: device, vectors: vectors)
        case .ring(let device, let vector, _): follow(ring: device, vector: vector)
        case .traffic(let plan): follow(traffic: plan)
        case .loopback(let device, let vector, _), .mask(let device, let vector, _),
            .steer(let device, let vector, _):
            needsArmed(device, vector)
        case .disarm(let device): follow(disarm: device)
        case .disturb(let device): follow(disturb: device)
        case .reset(let device), .busMaster(let device, _):
            needsAttached(device)
        case .transfer(let device, let transfer): follow(transfer, by: device)
        case .move(let device, let container): follow(move: device, to: container)
        case .giveBack(let device): follow(giveBack: device)
        case .unplug(let device): follow(unplug: device)
        case .plug(let device): follow(plug: device)
        case .allowUnsafeInterrupts: nil
        }
    }

    private mutating func follow(open container: ContainerName) -> String? {
        guard open.insert(container).inserted else {
            return "container '\(container)' is open already; close it first or name another"
        }
        return nil
    }

    mutating func follow(close container: ContainerName) -> String? {
        if let sentence = needsOpen(container) { return sentence }
        open.remove(container)
        maps[container] = nil
        for (device, home) in attached where home == container { forget(device) }
        return nil
    }

    private mutating func follow(attach device: DeviceName, to container: ContainerName) -> String?
    {
        if let sentence = needsOpen(container) { return sentence }
        if let home = attached[device] {
            return "device '\(device)' is attached to '\(home)' already; detach it first"
        }
        if let sentence = needsPlugged(device) { return sentence }
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
        let home = attached[device]
        forget(device)
        // The kernel drops all mappings with the last device.
        if let home, !attached.values.contains(home) { maps[home] = nil }
        return nil
    }

    private mutating func follow(arm device: DeviceName, vectors: UInt32) -> String? {
        if let sentence = needsAttached(device) { return sentence }
        if armed[device] != nil, !disturbed.contains(device) {
            return "device '\(device)' is armed already; disarm it first"
        }
        armed[device] = vectors
        disturbed.remove(device)
        let memory = attached[device].flatMap { maps[$0] } ?? []
        if memory.contains(where: \.holdsQueues) { queued.insert(device) }
        return nil
    }

    private mutating func follow(disturb device: DeviceName) -> String? {
        if let sentence = needsAttached(device) { return sentence }
        disturbed.insert(device)
        return nil
    }

    private mutating func follow(map container: ContainerName, _ map: Map) -> String? {
        maps[container, default: []].append(map)
        return needsOpen(container)
    }

    private mutating func follow(unmap container: ContainerName, _ map: Map) -> String? {
        maps[container]?.removeAll { $0 == map }
        return needsOpen(container)
    }

    private mutating func follow(disarm device: DeviceName) -> String? {
        queued.remove(device)
        return armed.removeValue(forKey: device) == nil ? notArmed(device) : nil
    }

    func follow(ring device: DeviceName, vector: VectorIndex) -> String? {
        if let wanted = devices[device], !wanted.canBeRung {
            return "the harness does not know how to make '\(device)' (\(wanted)) raise a vector; "
                + "loop it back instead, or ask for a device of a known kind"
        }
        if let sentence = needsArmed(device, vector) { return sentence }
        guard devices[device]?.kind == .nvme, !queued.contains(device) else { return nil }
        return "the queues of '\(device)' need memory: map 64KiB or more in its container before "
            + "it is armed"
    }

    private func follow(giveBack device: DeviceName) -> String? {
        guard attached[device] != nil else { return needsPlugged(device) }
        return "device '\(device)' is attached; detach it before its host driver gets it"
    }

    private mutating func follow(unplug device: DeviceName) -> String? {
        guard unplugged.insert(device).inserted else {
            return "device '\(device)' is unplugged already; plug it first"
        }
        return nil
    }

    private mutating func follow(plug device: DeviceName) -> String? {
        guard unplugged.contains(device) else {
            return "device '\(device)' is not unplugged here; unplug it first"
        }
        guard attached[device] == nil else {
            return "device '\(device)' goes when it is let go: detach it before it is plugged again"
        }
        unplugged.remove(device)
        return nil
    }

    private func needsPlugged(_ device: DeviceName) -> String? {
        guard unplugged.contains(device) else { return nil }
        return "device '\(device)' is unplugged here; plug it first"
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
        disturbed.remove(device)
        queued.remove(device)
    }

    func needsOpen(_ container: ContainerName) -> String? {
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

extension DeviceRequirement {
    /// Whether the harness knows how to make such a device raise an interrupt.
    ///
    /// A virtual function of an NVMe controller does nothing before its physical one has given it
    /// queues and switched it on (NVMe 1.4, 8.5).
    var canBeRung: Bool {
        switch kind {
        case .edu, .e1000e, .igb, .ivshmem: true
        case .nvme: isVirtualFunction != true
        case .other: false
        }
    }
}

extension StepOrder.Map {
    /// Whether an NVMe controller can have its queues in it: 64 KiB, whatever the page.
    fileprivate var holdsQueues: Bool {
        guard let page = Granule(.kibibytes(4)), let size = size.size(page: page) else {
            return false
        }
        return size >= .kibibytes(64)
    }
}
