// SPDX-License-Identifier: GPL-3.0-or-later

/// In what the generations with a fixed window differ, as VFIO type1 shows them.
struct TypeOneRules: Sendable, Hashable {
    /// Whether user maps are kept out of reserved regions, and the ranges left are told.
    ///
    /// Since 5.4 (`vfio_iommu_iova_dma_valid`, `VFIO_IOMMU_TYPE1_INFO_CAP_IOVA_RANGE`). Before, a map
    /// in the window meets nothing until it meets a doorbell's page in the page table.
    let keepsWindowFree: Bool

    /// The rules of a generation; nothing for one that has none yet.
    init?(_ generation: Generation) {
        switch generation {
        case .fixedWindow: keepsWindowFree = false
        case .fixedWindowWithRanges: keepsWindowFree = true
        case .userWindow, .mixed, .iommufd, .iommufdTable, .hardwareWindow, .dmaDomain, .identity:
            return nil
        }
    }
}
