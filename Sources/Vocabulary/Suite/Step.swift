// SPDX-License-Identifier: GPL-3.0-or-later

/// One thing that a case does to a board.
///
/// A step never says what must be seen: the model does.
package enum Step: Hashable, Sendable, Codable {
    /// Opens `/dev/vfio/vfio`, or `/dev/iommu` with an address space where the kernel is asked by
    /// iommufd.
    case open(container: ContainerName)
    /// Makes another address space on the file descriptor that a container stands on (iommufd).
    case openBeside(container: ContainerName, beside: ContainerName)
    /// Registers a window for doorbells (`VFIO_DMA_MAP_FLAG_RESERVED_MSI_IOVA`, series v14).
    case window(container: ContainerName, at: Placement, size: Extent)
    /// Gives a device to a container: group into container, IOMMU type if first, device opened.
    case attach(device: DeviceName, container: ContainerName)
    /// Maps fresh memory for the devices of a container.
    case map(container: ContainerName, at: Placement, size: Extent)
    /// Takes a range of IOVAs out of a container.
    case unmap(container: ContainerName, at: Placement, size: Extent)
    /// Connects the first vectors of a device to eventfds; here the kernel maps the doorbell.
    case arm(device: DeviceName, kind: InterruptKind, vectors: UInt32)
    /// Makes the device itself raise a vector, each raise awaited on its eventfd.
    case ring(device: DeviceName, vector: VectorIndex, count: UInt32)
    /// Makes vectors ring at once by a plan, and accounts for every raise.
    case traffic(TrafficPlan)
    /// Lets VFIO itself signal a vector's eventfd: no doorbell is rung, so nothing is proved of it.
    case loopback(device: DeviceName, vector: VectorIndex, count: UInt32)
    /// Sets or clears the mask bit of a vector.
    case mask(device: DeviceName, vector: VectorIndex, masked: Bool)
    /// Writes the affinity of a vector's interrupt.
    case steer(device: DeviceName, vector: VectorIndex, processor: UInt32)
    /// Sets or clears the bus master bit of a device.
    case busMaster(device: DeviceName, enabled: Bool)
    /// Makes a device's own DMA engine touch four bytes.
    case transfer(device: DeviceName, Transfer)
    /// Disconnects all vectors of a device.
    case disarm(device: DeviceName)
    /// Resets a device through VFIO.
    case reset(device: DeviceName)
    /// Resets a device by its own register, behind the kernel's back.
    case disturb(device: DeviceName)
    /// Puts a device into another address space while it stays open (iommufd).
    case move(device: DeviceName, container: ContainerName)
    /// Gives a device back to its host driver, which arms it; a later attach takes it again.
    case giveBack(device: DeviceName)
    /// Pulls a device out of its slot; one that somebody has open goes when that lets it go.
    case unplug(device: DeviceName)
    /// Puts a device back into its slot, where its host driver finds it.
    case plug(device: DeviceName)
    /// Closes a device and takes its group out of the container.
    case detach(device: DeviceName)
    /// Closes a container and all that is still in it.
    case close(container: ContainerName)
    /// Kills the process that holds a container, with all that is armed in it.
    case kill(container: ContainerName)
    /// Sets `vfio_iommu_type1.allow_unsafe_interrupts`; only later attaches are affected.
    case allowUnsafeInterrupts(Bool)
}

extension Step {
    /// The device that the step is about; nothing for steps about a container or the host.
    package var device: DeviceName? {
        switch self {
        case .attach(let device, _), .arm(let device, _, _), .ring(let device, _, _),
            .loopback(let device, _, _), .mask(let device, _, _), .steer(let device, _, _),
            .busMaster(let device, _), .transfer(let device, _), .disarm(let device),
            .reset(let device), .disturb(let device), .move(let device, _),
            .giveBack(let device), .unplug(let device), .plug(let device), .detach(let device):
            device
        case .open, .openBeside, .window, .map, .unmap, .close, .kill, .allowUnsafeInterrupts,
            .traffic:
            nil
        }
    }
}

extension Step {
    /// The container whose process the step kills; nothing for steps that kill none.
    package var killed: ContainerName? {
        switch self {
        case .kill(let container): container
        case .traffic(let plan): plan.killed
        default: nil
        }
    }

    /// Whether the interrupts of the step are VFIO's own, so that no device makes them.
    package var isSynthetic: Bool {
        if case .loopback = self { true } else { false }
    }
}
