// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// A board with VFIO type1, as far as steps change it.
struct TypeOneHost: Sendable {
    let board: BoardFacts
    let rules: TypeOneRules
    let parameters: ModelParameters
    let devices: [DeviceName: PCIAddress]
    var unsafeInterruptsAllowed: Bool
    var containers: [ContainerName: Container] = [:]
    var attached: [DeviceName: AttachedDevice] = [:]

    init(
        board: BoardFacts, rules: TypeOneRules, parameters: ModelParameters,
        devices: [DeviceName: PCIAddress], unsafeInterruptsAllowed: Bool
    ) {
        self.board = board
        self.rules = rules
        self.parameters = parameters
        self.devices = devices
        self.unsafeInterruptsAllowed = unsafeInterruptsAllowed
    }

    /// What every group's drivers reserve.
    var reservedRegions: [IOVARange] { [parameters.window.range].compactMap { $0 } }

    /// Where user space may map.
    var mappable: [IOVARange] {
        IOVASpace.ranges(
            of: board.aperture, without: rules.keepsWindowFree ? reservedRegions : [])
    }

    /// The ranges that `VFIO_IOMMU_GET_INFO` tells; nothing where the kernel does not tell any.
    var iovaRanges: [IOVARange]? { rules.keepsWindowFree ? mappable : nil }

    /// Carries out a step and says what must be seen of it.
    mutating func take(_ step: Step, index: Int) -> StepExpectation {
        var seen = StepExpectation(index: index, step: step)
        switch step {
        case .open(let container): open(container, &seen)
        case .attach(let device, let container): attach(device, to: container, &seen)
        case .map(let container, let at, let size): map(container, at, size, &seen)
        case .unmap(let container, let at, let size): unmap(container, at, size, &seen)
        case .arm(let device, let kind, let vectors): arm(device, kind, vectors, &seen)
        case .ring(let device, let vector, let count): ring(device, vector, count, &seen)
        case .disarm(let device): disarm(device, &seen)
        case .reset(let device): reset(device, &seen)
        case .detach(let device): detach(device, &seen)
        case .close(let container): close(container, &seen)
        case .allowUnsafeInterrupts(let allowed): unsafeInterruptsAllowed = allowed
        default: seen.outcome = .notPredicted(reason: "the model has no rule for this step")
        }
        return seen
    }

    private mutating func open(_ name: ContainerName, _ seen: inout StepExpectation) {
        guard containers[name] == nil else {
            seen.outcome = .impossible(reason: "container \(name) is open already")
            return
        }
        containers[name] = Container()
    }
}
