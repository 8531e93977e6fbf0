// SPDX-License-Identifier: GPL-3.0-or-later

/// The patches of the RFC "KVM PCIe/MSI passthrough on ARM/ARM64: re-design with transparent MSI
/// mapping" (Eric Auger, September 2016), in the order of its shortlog.
///
/// Each has a file of its own beside this one that says what it does. The place of Robin Murphy's
/// patch, the fourth here, is inferred: it uses what the first and third bring.
package enum SeriesPatch: Int, Sendable, Hashable, Codable, CaseIterable, Comparable {
    case msiGeometry = 1
    case translateMSICapability
    case mixedDomain
    case msiOnlyCookie
    case mixedMaps
    case smmuAllocatesMixed
    case allocationChoosesMixed
    case typeOneSetsWindow
    case typeOneReserves
    case noInterruptRemapping
    case smmuTranslatesMSI

    /// The subject line.
    package var title: String {
        switch self {
        case .msiGeometry: "iommu: Add iommu_domain_msi_geometry and DOMAIN_ATTR_MSI_GEOMETRY"
        case .translateMSICapability: "iommu: Introduce IOMMU_CAP_TRANSLATE_MSI capability"
        case .mixedDomain: "iommu: Introduce IOMMU_DOMAIN_MIXED"
        case .msiOnlyCookie: "iommu/dma: Allow MSI-only cookies"
        case .mixedMaps: "iommu/dma: iommu_dma_(un)map_mixed"
        case .smmuAllocatesMixed: "iommu/arm-smmu: Allow IOMMU_DOMAIN_MIXED domain allocation"
        case .allocationChoosesMixed:
            "iommu: Use IOMMU_DOMAIN_MIXED typed domain when IOMMU translates MSI"
        case .typeOneSetsWindow:
            "vfio/type1: Sets the IOVA window in case MSI IOVA need to be allocated"
        case .typeOneReserves: "vfio/type1: Reserve IOVAs for IOMMU_DOMAIN_MIXED domains"
        case .noInterruptRemapping: "iommu/arm-smmu: Do not advertise IOMMU_CAP_INTR_REMAP"
        case .smmuTranslatesMSI: "iommu/arm-smmu: Advertise IOMMU_CAP_TRANSLATE_MSI"
        }
    }

    /// The patches whose names it uses: without them it does not build.
    var needs: Set<SeriesPatch> {
        switch self {
        case .msiGeometry, .translateMSICapability, .mixedDomain, .noInterruptRemapping: []
        case .msiOnlyCookie: [.msiGeometry, .mixedDomain]
        case .mixedMaps, .smmuAllocatesMixed: [.mixedDomain]
        case .allocationChoosesMixed: [.translateMSICapability, .mixedDomain]
        case .typeOneSetsWindow: [.translateMSICapability, .msiOnlyCookie]
        case .typeOneReserves: [.mixedDomain, .mixedMaps]
        case .smmuTranslatesMSI: [.translateMSICapability]
        }
    }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
