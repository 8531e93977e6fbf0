// SPDX-License-Identifier: GPL-3.0-or-later

extension KernelDesign {
    /// SW54, type1 since 5.4: the fixed window is kept free, and the ranges beside it are told
    /// (`vfio_iommu_iova_dma_valid`, 6.1).
    static func fixedWindowWithRanges(
        on kernel: KernelVersion, _ parameters: ModelParameters
    ) -> KernelDesign {
        KernelDesign(
            interface: .typeOne, doorbells: .cookie, keepsRegionsFree: true, tellsRanges: true,
            safety: .sinceRegions(on: kernel, parameters), unplaceable: .on(kernel),
            probe: kernel < parameters.probeInRangesSince ? .atZero : .atFirstRange)
    }
}
