// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Vocabulary

/// One life of a container's domain, from its first group to its last.
struct DomainLife: Hashable, Sendable {
    let container: ContainerName
    /// From 1.
    let number: Int
}

/// What was attached and armed before and after each step, as the record tells it.
struct AttachmentHistory: Sendable {
    /// The domain that each step works on.
    private(set) var domains: [DomainLife?] = []
    /// The devices that are armed while each step runs, the one that it arms included.
    private(set) var armed: [[DeviceName: ArmingID]] = []

    private var containers: [DeviceName: ContainerName] = [:]
    private var lives: [ContainerName: Int] = [:]
    private var arming: [DeviceName: ArmingID] = [:]

    init(_ steps: [StepRecord]) {
        for (position, step) in steps.enumerated() {
            before(step, position)
            domains.append(domain(of: step.step))
            armed.append(arming)
            after(step)
        }
    }

    private func isEmpty(_ container: ContainerName) -> Bool {
        !containers.values.contains(container)
    }

    private mutating func before(_ record: StepRecord, _ position: Int) {
        switch record.step {
        case .attach(_, let container):
            if isEmpty(container) { lives[container, default: 0] += 1 }
        case .arm(let device, let kind, let vectors) where record.succeeded:
            arming[device] = ArmingID(step: position, kind: kind, vectors: vectors)
        case .disarm(let device): arming[device] = nil
        default: break
        }
    }

    private mutating func after(_ record: StepRecord) {
        switch record.step {
        case .attach(let device, let container) where record.succeeded:
            containers[device] = container
        case .detach(let device): forget(device)
        case .close(let container):
            for device in containers.filter({ $0.value == container }).keys { forget(device) }
        default: break
        }
    }

    private mutating func forget(_ device: DeviceName) {
        containers[device] = nil
        arming[device] = nil
    }

    private func domain(of step: Step) -> DomainLife? {
        let container: ContainerName? =
            switch step {
            case .attach(_, let container), .map(let container, _, _),
                .unmap(let container, _, _), .close(let container), .open(let container),
                .openBeside(let container, _), .window(let container, _, _),
                .kill(let container):
                container
            case .allowUnsafeInterrupts: nil
            default: step.device.flatMap { containers[$0] }
            }
        guard let container, let number = lives[container] else { return nil }
        return DomainLife(container: container, number: number)
    }
}

/// One time that vectors of a device were armed.
struct ArmingID: Hashable, Sendable {
    let step: Int
    let kind: InterruptKind
    let vectors: UInt32
}
