// SPDX-License-Identifier: GPL-3.0-or-later

/// Patch 2: what `iommu_capable` is asked.
///
/// The question goes to a bus and not to an IOMMU: two designs on one bus cannot differ
/// (`include/linux/iommu.h`, 4.8).
package enum IOMMUCapability: Sendable, Hashable {
    /// `IOMMU_CAP_INTR_REMAP`.
    case interruptRemapping
    /// `IOMMU_CAP_TRANSLATE_MSI`, new.
    case translateMSI
}

extension SeriesPoint {
    /// Answers `iommu_capable` for the bus that arm-smmu and arm-smmu-v3 serve.
    package func isCapable(_ capability: IOMMUCapability) -> Bool {
        switch capability {
        case .interruptRemapping: claimsInterruptRemapping
        case .translateMSI: has(.translateMSICapability) && translatesMSI
        }
    }
}
