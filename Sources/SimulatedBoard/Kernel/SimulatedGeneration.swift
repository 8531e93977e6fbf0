// SPDX-License-Identifier: GPL-3.0-or-later

/// How the simulated kernel maps doorbells, by the short names of the reference facts.
package enum SimulatedGeneration: String, Sendable, Hashable, Codable, CaseIterable {
    /// Series v9 to v14 of 2016: user space gives a window.
    case userWindow = "V12"
    /// The RFC of September 2016: mixed domains, IOVAs from holes between user maps.
    case mixed = "RFC"
    /// 4.11 to 5.3: a fixed window that user maps may still hit.
    case fixedWindow = "SW11"
    /// 5.4 and later, VFIO type1: the window is taken out of the IOVA ranges.
    case fixedWindowWithRanges = "SW54"
    /// iommufd, 6.2 to 6.14: a window in each domain.
    case iommufd = "FD12"
    /// iommufd, 6.15 and later: one table of doorbells for each file descriptor.
    case iommufdTable = "FD15"
    /// MSIs pass beside the IOMMU, in a window of the hardware.
    case hardwareWindow = "HW"
    /// Host drivers on DMA domains.
    case hostDomain = "DMA"
    /// Default domains that translate nothing.
    case identity = "ID"
}

/// A kernel's version, as far as behaviour hangs on it.
package struct SimulatedRelease: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let major: Int
    package let minor: Int

    package init(_ major: Int, _ minor: Int) {
        self.major = major
        self.minor = minor
    }

    package static func < (left: SimulatedRelease, right: SimulatedRelease) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }

    package var description: String { "\(major).\(minor)" }
}

extension SimulatedGeneration {
    /// The version that is simulated where none is chosen.
    package var release: SimulatedRelease {
        switch self {
        case .userWindow, .mixed: SimulatedRelease(4, 8)
        case .fixedWindow: SimulatedRelease(4, 19)
        case .fixedWindowWithRanges, .hardwareWindow, .hostDomain, .identity:
            SimulatedRelease(6, 1)
        case .iommufd: SimulatedRelease(6, 12)
        case .iommufdTable: SimulatedRelease(6, 16)
        }
    }
}
