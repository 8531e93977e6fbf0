// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Reads one step: a mapping with one key, which says what is done.
struct StepReader {
    /// The devices that the case has declared; nothing where the declaration itself was wrong.
    let devices: [DeviceName: DeviceRequirement]?

    func step(_ value: Value) -> LocatedStep? {
        guard let reader = MappingReader<StepKey>(value, strange: strange) else { return nil }
        let found = StepKey.allCases.filter { reader[$0] != nil }
        guard found.count == 1, let key = found.first, let body = reader[key] else {
            if found.count > 1 { complainOfTwo(found, value) }
            return nil
        }
        return step(key, body).map { LocatedStep(step: $0, value: body) }
    }

    private func strange(_ word: String) -> String? {
        if let sentence = Expecting.sentence(for: word) { return sentence }
        guard Spelling.nearest(to: word, among: StepKey.allCases.map(\.rawValue)) == nil,
            isKeyOfABody(word)
        else { return nil }
        return "'\(word)' stands beside the step; indent it to stand in the step's own mapping"
    }

    private func isKeyOfABody(_ word: String) -> Bool {
        AttachKey(rawValue: word) != nil || MapKey(rawValue: word) != nil
            || ArmKey(rawValue: word) != nil || RingKey(rawValue: word) != nil
            || TransferKey(rawValue: word) != nil || SteerKey(rawValue: word) != nil
            || BusMasterKey(rawValue: word) != nil || OpenBesideKey(rawValue: word) != nil
            || TrafficKey(rawValue: word) != nil
    }

    private func complainOfTwo(_ keys: [StepKey], _ value: Value) {
        let words = keys.map { "'\($0.rawValue)'" }.joined(separator: " and ")
        value.complain("a step does one thing, and this does \(words); write two list items")
    }

    private func step(_ key: StepKey, _ body: Value) -> Step? {
        switch key {
        case .open: body.name().map(Step.open)
        case .openBeside: openBeside(body)
        case .close: body.name().map(Step.close)
        case .kill: body.name().map(Step.kill)
        case .attach: place(body).map { Step.attach(device: $0.0, container: $0.1) }
        case .move: place(body).map { Step.move(device: $0.0, container: $0.1) }
        case .window: range(body).map { Step.window(container: $0.0, at: $0.1, size: $0.2) }
        case .map: range(body).map { Step.map(container: $0.0, at: $0.1, size: $0.2) }
        case .unmap: range(body).map { Step.unmap(container: $0.0, at: $0.1, size: $0.2) }
        case .arm: arm(body)
        case .ring: raises(body).map { Step.ring(device: $0.0, vector: $0.1, count: $0.2) }
        case .traffic: traffic(body)
        case .loopback: raises(body).map { Step.loopback(device: $0.0, vector: $0.1, count: $0.2) }
        case .mask, .unmask:
            vector(body).map { Step.mask(device: $0.0, vector: $0.1, masked: key == .mask) }
        case .steer: steer(body)
        case .busMaster: busMaster(body)
        case .read: transfer(.read, body)
        case .write: transfer(.write, body)
        case .disarm: device(body).map(Step.disarm)
        case .reset: device(body).map(Step.reset)
        case .disturb: device(body).map(Step.disturb)
        case .giveBack: device(body).map(Step.giveBack)
        case .unplug: device(body).map(Step.unplug)
        case .plug: device(body).map(Step.plug)
        case .detach: device(body).map(Step.detach)
        case .allowUnsafeInterrupts: body.boolean().map(Step.allowUnsafeInterrupts)
        }
    }

    private func place(_ body: Value) -> (DeviceName, ContainerName)? {
        guard let reader = MappingReader<AttachKey>(body, strange: Expecting.sentence) else {
            return nil
        }
        let device = reader.required(.device, device)
        let container = reader.required(.to) { $0.name(ContainerName.self) }
        guard let device, let container else { return nil }
        return (device, container)
    }

    func range(_ body: Value) -> (ContainerName, Placement, Extent)? {
        guard let reader = MappingReader<MapKey>(body, strange: Expecting.sentence) else {
            return nil
        }
        let container = reader.required(.in) { $0.name(ContainerName.self) }
        let placement = reader.required(.at) { $0.placement() }
        let size = reader.required(.size) { $0.extent() }
        guard let container, let placement, let size else { return nil }
        return (container, placement, size)
    }

    private func arm(_ body: Value) -> Step? {
        guard let reader = MappingReader<ArmKey>(body, strange: Expecting.sentence) else {
            return nil
        }
        let device = reader.required(.device, device)
        let kind = reader.required(.kind) { $0.choice(InterruptWord.self) }
        // A PCI function has at most 2048 MSI-X vectors (PCIe 5.0, 7.7.2.2).
        let vectors: UInt32 = reader.optional(.vectors, default: 1) { $0.count(1...2048) }
        guard let device, let kind else { return nil }
        return .arm(device: device, kind: kind.kind, vectors: vectors)
    }

    private func raises(_ body: Value) -> (DeviceName, VectorIndex, UInt32)? {
        guard let reader = MappingReader<RingKey>(body, strange: Expecting.sentence) else {
            return nil
        }
        let device = reader.required(.device, device)
        let vector: UInt32 = reader.optional(.vector, default: 0) { $0.vector() }
        let count: UInt32 = reader.optional(.count, default: 1) { $0.count(1...1_000_000) }
        guard let device else { return nil }
        return (device, VectorIndex(rawValue: vector), count)
    }

    /// Reads the name of a device that the case has declared.
    func device(_ value: Value) -> DeviceName? {
        guard let name = value.name(DeviceName.self) else { return nil }
        guard let devices, devices[name] == nil else { return name }
        let advice = Spelling.advice(for: name.text, among: devices.keys.map(\.text).sorted())
        return value.complain(
            "the case has no device '\(name)'; \(advice)", as: DeviceName.self)
    }
}

extension Value {
    /// A vector's number: a PCI function has at most 2048 (PCIe 5.0, 7.7.2.2).
    func vector() -> UInt32? { count(0...2047) }
}

/// The words for the kinds of interrupt.
enum InterruptWord: String, CaseIterable {
    case intx, msi, msix

    var kind: InterruptKind {
        switch self {
        case .intx: .intx
        case .msi: .msi
        case .msix: .msix
        }
    }
}

/// A step and where it stands in the file.
struct LocatedStep {
    let step: Step
    let value: Value
}
