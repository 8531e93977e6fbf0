// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// How a step must end.
package enum Outcome: Sendable, Hashable, Codable {
    /// No call of the step fails.
    case succeeds
    /// One of these calls fails, with this errno, and it is the first that does.
    case refused(calls: [String], errno: KernelErrno)
    /// The step makes no sense where the case has come to; nobody can carry it out.
    case impossible(reason: String)
    /// The kernel may do either; nothing is expected and nothing judged.
    case notPredicted(reason: String)
}

extension Outcome {
    /// Whether the model says nothing of how the step ends.
    package var isUnknown: Bool {
        if case .notPredicted = self { return true }
        return false
    }
}

extension Outcome: CustomStringConvertible {
    package var description: String {
        switch self {
        case .succeeds: "success"
        case .refused(let calls, let errno): "\(errno) from \(calls.joined(separator: " or "))"
        case .impossible(let reason): "impossible: \(reason)"
        case .notPredicted(let reason): "not predicted: \(reason)"
        }
    }
}

/// The kernel's names of the calls that the model speaks of (`include/uapi/linux/vfio.h`, 6.1).
enum VFIOCall {
    static let setContainer = "VFIO_GROUP_SET_CONTAINER"
    static let setIOMMU = "VFIO_SET_IOMMU"
    static let getDevice = "VFIO_GROUP_GET_DEVICE_FD"
    static let map = "VFIO_IOMMU_MAP_DMA"
    static let unmap = "VFIO_IOMMU_UNMAP_DMA"
    static let setInterrupts = "VFIO_DEVICE_SET_IRQS"
}
