// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// A board with VFIO, as far as steps change it.
///
/// What happens in a step stands in a file of its own: `TypeOne/` and `FileDescriptor/` for the two
/// interfaces, `Vectors/` for interrupts.
struct Host: Sendable {
    let board: BoardFacts
    let design: KernelDesign
    let parameters: ModelParameters
    let devices: [DeviceName: PCIAddress]
    var unsafeInterruptsAllowed: Bool
    var spaces: [ContainerName: AddressSpace] = [:]
    var attached: [DeviceName: AttachedDevice] = [:]
    /// Devices that their host drivers have.
    var hosted: Set<DeviceName> = []
    /// Devices that were pulled out, though an open one stays until it is let go.
    var unplugged: Set<DeviceName> = []
    /// The table of each iommufd since 6.15.
    var tables: [Int: SoftwareMSITable] = [:]
    /// The pages that each group has needed on each iommufd since 6.15.
    var required: [RequiredPages.Key: RequiredPages] = [:]
    /// The iommufds whose table is open as a space is (6.15).
    var openTables: Set<Int> = []
    /// Why nothing is said of what comes after a step that could end in two ways that lead apart.
    var lostTo: String?
    private var descriptors = 0

    init(
        board: BoardFacts, design: KernelDesign, parameters: ModelParameters,
        devices: [DeviceName: PCIAddress], unsafeInterruptsAllowed: Bool
    ) {
        self.board = board
        self.design = design
        self.parameters = parameters
        self.devices = devices
        self.unsafeInterruptsAllowed = unsafeInterruptsAllowed
    }

    /// Carries out a step and says what must be seen of it.
    mutating func take(_ step: Step, index: Int) -> StepExpectation {
        var seen = StepExpectation(index: index, step: step)
        carryOut(step, &seen)
        guard let lostTo else { return seen }
        var silent = StepExpectation(
            index: index, step: step, outcome: .notPredicted(reason: lostTo))
        silent.opensDomain = seen.opensDomain
        return silent
    }

    /// A map may have met a doorbell.
    static let doorbellNotKnown =
        "a map may have met a doorbell of which it is not known where it is"

    /// A driver that is probed beside a user (`vfio_iommu_group_notifier`, 5.10).
    static let kernelStops = "before 5.19 a driver beside a user stops the kernel"

    /// Says how a step would have ended that was not carried out, and leaves the board as it is.
    func passOver(_ step: Step, index: Int) -> StepExpectation {
        var other = self
        return StepExpectation(
            index: index, step: step, outcome: other.take(step, index: index).outcome)
    }

    private mutating func carryOut(_ step: Step, _ seen: inout StepExpectation) {
        switch step {
        case .open(let container): open(container, &seen)
        case .openBeside(let container, let beside): open(container, beside: beside, &seen)
        case .window(let container, let at, let size): window(container, at, size, &seen)
        case .attach(let device, let container): attach(device, to: container, &seen)
        case .move(let device, let container): move(device, to: container, &seen)
        case .map(let container, let at, let size): map(container, at, size, &seen)
        case .unmap(let container, let at, let size): unmap(container, at, size, &seen)
        case .detach(let device): detach(device, &seen)
        case .close(let container), .kill(let container): close(container, &seen)
        case .giveBack(let device): giveBack(device, &seen)
        case .unplug(let device): unplug(device, &seen)
        case .plug(let device): plug(device, &seen)
        case .allowUnsafeInterrupts(let allowed): unsafeInterruptsAllowed = allowed
        default: takeVectors(step, &seen)
        }
    }

    private mutating func open(
        _ name: ContainerName, beside: ContainerName? = nil, _ seen: inout StepExpectation
    ) {
        if design.interface == .hostDriver { return seen.nobodyAssigns() }
        guard spaces[name] == nil else {
            seen.outcome = .impossible(reason: "container \(name) is open already")
            return
        }
        guard let beside else {
            descriptors += 1
            spaces[name] = AddressSpace(descriptor: descriptors)
            return
        }
        guard design.interface == .iommufd, let other = spaces[beside] else {
            seen.outcome = .impossible(
                reason: "only an iommufd holds several address spaces, and \(beside) is none")
            return
        }
        spaces[name] = AddressSpace(descriptor: other.descriptor)
    }

    func isNotAttached(_ name: DeviceName, _ seen: inout StepExpectation) {
        seen.outcome = .impossible(reason: "device \(name) is not attached")
    }
}

extension StepExpectation {
    /// The generation speaks of host drivers alone.
    mutating func nobodyAssigns() {
        outcome = .notPredicted(reason: "the generation says what host drivers see, not VFIO")
    }
}
