// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Passthrough
import Vocabulary

/// What is open at the agent while a case runs.
struct Stage: Sendable {
    /// A container and the groups in it.
    struct Container: Sendable {
        let handle: ContainerHandle
        var groups: [GroupNumber: GroupHandle] = [:]
        /// Set once `VFIO_SET_IOMMU` succeeded.
        var hasIOMMU = false
    }

    /// A device that the agent holds open.
    struct Device: Sendable {
        let handle: DeviceHandle
        let group: GroupHandle
        let container: ContainerName
        var armed: InterruptKind?
        /// How many vectors are armed; nothing where none is.
        var armedVectors: UInt32?
        /// Its container, where an agent of its own holds that.
        var holder: ContainerName?
        /// How many vectors of each kind VFIO says that it has.
        var vectors: [InterruptKind: UInt32] = [:]
    }

    var containers: [ContainerName: Container] = [:]
    var devices: [DeviceName: Device] = [:]
    /// What vfio-pci holds for the case, by the case's own names.
    var taken: [DeviceName: TakenDevice]
    /// Devices that their host drivers have again.
    var givenBack: Set<DeviceName> = []

    /// Devices that were pulled out; one that is still open stays until it is closed.
    var unplugged: Set<DeviceName> = []

    init(taken: [DeviceName: TakenDevice]) { self.taken = taken }

    /// The devices of the case that the board still has, by name.
    var present: [(name: DeviceName, taken: TakenDevice)] {
        taken.filter { !unplugged.contains($0.key) || devices[$0.key] != nil }
            .sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Takes out of the books what a container held when it was closed.
    mutating func forget(_ container: ContainerName) {
        containers[container] = nil
        devices = devices.filter { $0.value.container != container }
    }

    /// Takes out of the books a group that left its container; the kernel drops the IOMMU with the
    /// last one (drivers/vfio/container.c, 6.1).
    mutating func forget(_ group: GroupHandle, in container: ContainerName) {
        guard var held = containers[container] else { return }
        held.groups = held.groups.filter { $0.value != group }
        if held.groups.isEmpty { held.hasIOMMU = false }
        containers[container] = held
    }
}

/// Why a step could not be carried out; the judgement then has nothing to judge.
struct StepObstacle: Error, CustomStringConvertible {
    let description: String
    /// Only one that is the suite's own lets the cases behind it be run.
    var kind = FaultKind.harness

    static func notOpen(_ container: ContainerName) -> StepObstacle {
        StepObstacle(description: "container '\(container)' is not open")
    }

    /// Steps that only simulated boards carry out so far; such a case does not reach a real board.
    static func beyondTheAgent(_ step: Step) -> StepObstacle {
        StepObstacle(description: "the agent does not know how to \(step)")
    }

    /// A plan that rings devices of two processes; each has an agent of its own.
    static func severalHolders(_ device: DeviceName) -> StepObstacle {
        StepObstacle(
            description: "device '\(device)' is held by another process than the devices that ring "
                + "with it, since its container, or theirs, is killed later; write two steps",
            kind: .suite)
    }

    /// A reset that the lab forbids; nobody can say what the kernel would have done.
    static func spared(_ device: DeviceName, because reason: String) -> StepObstacle {
        StepObstacle(
            description: "the lab says skip-reset for this board, so that device '\(device)' is "
                + "not reset: \(reason)")
    }

    /// What the device does not have; VFIO would say EINVAL, or how many there are.
    static func tooFew(
        _ device: DeviceName, _ kind: InterruptKind, has: UInt32, wanted: UInt32
    ) -> StepObstacle {
        StepObstacle(
            description: "device '\(device)' has \(has) vectors of kind \(kind.name), "
                + "and \(wanted) are asked for", kind: .suite)
    }

    static func notAttached(_ device: DeviceName) -> StepObstacle {
        StepObstacle(description: "device '\(device)' is not attached")
    }
}
