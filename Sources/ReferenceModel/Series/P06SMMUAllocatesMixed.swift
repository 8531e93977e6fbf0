// SPDX-License-Identifier: GPL-3.0-or-later

extension SeriesPoint {
    /// Patch 6: the types for which `arm_smmu_domain_alloc` makes a domain, in both drivers.
    ///
    /// For any other type it returns nothing, which VFIO turns into `-EIO`.
    package var smmuAllocates: Set<DomainType> {
        has(.smmuAllocatesMixed) ? [.unmanaged, .dma, .mixed] : [.unmanaged, .dma]
    }
}
