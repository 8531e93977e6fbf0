// SPDX-License-Identifier: GPL-3.0-or-later

/// What is done to a board while its devices ring.
///
/// `every` counts raises: those of each vector for a mask, those of the whole device for the others.
package enum Disturbance: Hashable, Sendable, Codable {
    /// Moves the interrupts of the device's ringing vectors to the next processor.
    case steer(DeviceName, every: UInt32)
    /// Sets a vector's mask, raises it under the mask, and takes the mask away.
    case mask(DeviceName, every: UInt32)
    /// Disarms all vectors of a device and arms them again.
    case rearm(DeviceName, every: UInt32)
    /// Resets a device through VFIO while it is armed.
    case reset(DeviceName, every: UInt32)
    /// Maps and unmaps memory again and again, on a thread of its own.
    case storm(container: ContainerName, at: Placement, size: Extent, rounds: UInt32)
    /// Fills an eventfd to one below its end before the first raise, so that it overflows.
    case overflow(device: DeviceName, vector: VectorIndex)
    /// Kills the process that holds a container, while the vectors ring on behind their account.
    case kill(ContainerName)
}

extension Disturbance {
    /// The device that it is done to; nothing where it is done to a container.
    package var device: DeviceName? {
        switch self {
        case .steer(let device, _), .mask(let device, _), .rearm(let device, _),
            .reset(let device, _), .overflow(let device, _):
            device
        case .storm, .kill: nil
        }
    }
}

extension Disturbance: CustomStringConvertible {
    package var description: String {
        switch self {
        case .steer(let device, let every): "steer \(device) every \(every)"
        case .mask(let device, let every): "mask \(device) every \(every)"
        case .rearm(let device, let every): "arm \(device) again every \(every)"
        case .reset(let device, let every): "reset \(device) every \(every)"
        case .storm(let container, let at, let size, let rounds):
            "\(rounds) maps of \(size) at \(at) in \(container)"
        case .overflow(let device, let vector): "overflow the eventfd of \(device) \(vector)"
        case .kill(let container): "kill the holder of \(container)"
        }
    }
}
