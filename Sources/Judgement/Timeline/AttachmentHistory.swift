// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

/// What was attached and armed before, during and after each step, as the record tells it.
struct AttachmentHistory: Sendable {
    /// One moment of it.
    struct Moment: Sendable {
        /// All domains that the step works on, in the order of opening.
        var domains: [DomainLife] = []
        /// All domains that live in the step's container.
        var lives: [DomainLife] = []
        /// The domain of the device that the step is about, once it is attached.
        var deviceDomain: DomainLife?
        /// The domain that a moved device comes from.
        var leftDomain: DomainLife?
        /// The devices that stay armed while the step runs, the one that it arms included.
        var armed: [DeviceName: ArmingID] = [:]
        /// The devices that lost their registers behind the kernel's back, until they are armed again.
        var disturbed: Set<DeviceName> = []
        /// The domain of each attached device after the step.
        var places: [DeviceName: DomainLife] = [:]
        /// The devices that host drivers have after the step, and the step that gave them back.
        var hosted: [DeviceName: Int] = [:]
    }

    private(set) var moments: [Moment] = []
    /// Which file descriptor each domain lives on, by the step that opened it.
    private(set) var descriptors: [DomainLife: Int] = [:]

    private let board: BoardFacts
    private let addresses: [DeviceName: PCIAddress]
    private var spaces: [ContainerName: AddressSpace] = [:]
    private var containers: [DeviceName: ContainerName] = [:]
    private var now = Moment()
    /// The domain that the step's device has come from.
    private var left: DomainLife?
    /// Whether the step itself has put its device into a container.
    private var hasJoined = false

    init(
        _ steps: [StepRecord], expected: [StepExpectation], board: BoardFacts,
        devices: [DeviceName: PCIAddress]
    ) {
        self.board = board
        addresses = devices
        moments.reserveCapacity(steps.count)
        for (position, step) in steps.enumerated() {
            let opens = position < expected.count && expected[position].opensDomain
            begin(step, position, opensDomain: opens)
            let (domains, own) = (domains(of: step.step), domain(of: step.step))
            let lives = container(of: step.step).map(lives) ?? []
            let armed = now.armed
            end(step, position)
            moments.append(
                Moment(
                    domains: domains, lives: lives, deviceDomain: own, leftDomain: left,
                    armed: armed,
                    disturbed: now.disturbed, places: now.places, hosted: now.hosted))
        }
    }

    private mutating func begin(_ record: StepRecord, _ position: Int, opensDomain: Bool) {
        (left, hasJoined) = (nil, false)
        switch record.step {
        case .open(let container) where record.notDone == nil:
            open(container, descriptor: position)
        case .openBeside(let container, let beside) where record.notDone == nil:
            open(container, descriptor: spaces[beside]?.descriptor ?? position)
        case .attach(let device, let container):
            now.hosted[device] = nil
            hasJoined = containers[device] == nil
            join(device, container, opensDomain: opensDomain)
        case .move(let device, let container)
        where record.succeeded && containers[device] != container:
            move(device, to: container, opensDomain: opensDomain)
        case .arm(let device, let kind, let vectors) where record.hasArmed:
            now.armed[device] = ArmingID(step: position, kind: kind, vectors: vectors)
            now.disturbed.remove(device)
        case .disturb(let device): now.disturbed.insert(device)
        case .reset(let device) where record.succeeded: now.disturbed.remove(device)
        case .disarm(let device), .detach(let device), .giveBack(let device):
            now.armed[device] = nil
        case .traffic(let plan) where record.succeeded: rearm(by: plan, position)
        case .close(let container): disarmAll(in: container)
        default: break
        }
        record.killed.map { disarmAll(in: $0) }
    }

    /// What a plan arms again and again gets vectors anew: whoever freed some meanwhile is followed.
    private mutating func rearm(by plan: TrafficPlan, _ position: Int) {
        for case .rearm(let device, _) in plan.meanwhile {
            guard let old = now.armed[device] else { continue }
            now.armed[device] = ArmingID(step: position, kind: old.kind, vectors: old.vectors)
        }
    }

    private mutating func end(_ record: StepRecord, _ position: Int) {
        switch record.step {
        case .attach(let device, _) where !record.succeeded && hasJoined: leave(device)
        case .detach(let device): leave(device)
        case .giveBack(let device):
            leave(device)
            if record.succeeded { now.hosted[device] = position }
        case .close(let container): leaveAll(container)
        default: record.killed.map { leaveAll($0) }
        }
    }

    private mutating func open(_ container: ContainerName, descriptor: Int) {
        guard spaces[container] != nil else {
            spaces[container] = AddressSpace(descriptor: descriptor)
            return
        }
        spaces[container]?.reopen(descriptor: descriptor)
    }

    private mutating func join(
        _ device: DeviceName, _ container: ContainerName, opensDomain: Bool
    ) {
        // A device that is attached already stays where it is: the kernel refuses the second time.
        guard containers[device] == nil else { return }
        let unit = addresses[device].flatMap(board.smmu)
        let domain = spaces[container, default: AddressSpace(descriptor: moments.count)]
            .join(device, of: container, unit: unit, isNew: opensDomain)
        containers[device] = container
        now.places[device] = domain
        descriptors[domain] = spaces[container]?.descriptor
    }

    /// Takes a device to another address space, and with it all that are in its group
    /// (`iommufd_device_do_replace`, 6.12).
    private mutating func move(
        _ device: DeviceName, to container: ContainerName, opensDomain: Bool
    ) {
        left = now.places[device]
        let members = addresses[device].map { board.group(of: $0).members } ?? []
        let moved = containers.keys.filter { name in
            name == device || addresses[name].map(members.contains) ?? false
        }
        let disturbed = now.disturbed
        for name in moved { leave(name) }
        now.disturbed = disturbed
        join(device, container, opensDomain: opensDomain)
        for name in moved.sorted() where name != device {
            join(name, container, opensDomain: false)
        }
    }

    private mutating func leave(_ device: DeviceName) {
        if let container = containers.removeValue(forKey: device) {
            spaces[container]?.leave(device)
        }
        now.places[device] = nil
        now.disturbed.remove(device)
    }

    private mutating func disarmAll(in container: ContainerName) {
        for device in members(of: container) { now.armed[device] = nil }
    }

    private mutating func leaveAll(_ container: ContainerName) {
        for device in members(of: container) { leave(device) }
    }

    private func members(of container: ContainerName) -> [DeviceName] {
        containers.filter { $0.value == container }.map(\.key)
    }

    private func domains(of step: Step) -> [DomainLife] {
        if case .giveBack = step { return domain(of: step).map { [$0] } ?? [] }
        if let device = step.device, let container = containers[device] {
            // What a device's own calls map goes into its own domain; detaching may touch all.
            if case .detach = step { return lives(in: container) }
            return now.places[device].map { [$0] } ?? []
        }
        return step.container.map(lives) ?? []
    }

    private func container(of step: Step) -> ContainerName? {
        step.container ?? step.device.flatMap { containers[$0] }
    }

    private func lives(in container: ContainerName) -> [DomainLife] {
        spaces[container]?.domains.map(\.life) ?? []
    }

    private func domain(of step: Step) -> DomainLife? {
        guard let device = step.device else { return nil }
        guard case .giveBack = step else { return now.places[device] }
        guard let address = addresses[device] else { return nil }
        // All devices of a group are in one default domain.
        let first = board.group(of: address).members.min() ?? address
        return DomainLife(owner: .host(first), number: 1)
    }
}

extension Step {
    /// The container that a step is about, where it names one.
    var container: ContainerName? {
        switch self {
        case .open(let container), .openBeside(let container, _), .window(let container, _, _),
            .attach(_, let container), .map(let container, _, _), .unmap(let container, _, _),
            .move(_, let container), .close(let container):
            container
        default: killed
        }
    }
}
