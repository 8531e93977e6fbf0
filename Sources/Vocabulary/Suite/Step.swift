// SPDX-License-Identifier: GPL-3.0-or-later

/// One thing that a case does to a board.
///
/// A step never says what must be seen: the model does.
package enum Step: Hashable, Sendable, Codable {
    /// Opens `/dev/vfio/vfio`.
    case open(container: ContainerName)
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
    /// Disconnects all vectors of a device.
    case disarm(device: DeviceName)
    /// Resets a device through VFIO.
    case reset(device: DeviceName)
    /// Closes a device and takes its group out of the container.
    case detach(device: DeviceName)
    /// Closes a container and all that is still in it.
    case close(container: ContainerName)
    /// Sets `vfio_iommu_type1.allow_unsafe_interrupts`; only later attaches are affected.
    case allowUnsafeInterrupts(Bool)
}

extension Step: CustomStringConvertible {
    package var description: String {
        switch self {
        case .open(let container): "open \(container)"
        case .attach(let device, let container): "attach \(device) to \(container)"
        case .map(let container, let at, let size): "map \(size) at \(at) in \(container)"
        case .unmap(let container, let at, let size): "unmap \(size) at \(at) in \(container)"
        case .arm(let device, let kind, let vectors): "arm \(device) \(kind.name) × \(vectors)"
        case .ring(let device, let vector, let count): "ring \(device) \(vector) × \(count)"
        case .disarm(let device): "disarm \(device)"
        case .reset(let device): "reset \(device)"
        case .detach(let device): "detach \(device)"
        case .close(let container): "close \(container)"
        case .allowUnsafeInterrupts(let allowed): "allow unsafe interrupts: \(allowed)"
        }
    }
}
