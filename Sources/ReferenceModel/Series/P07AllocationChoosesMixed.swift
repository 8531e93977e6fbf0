// SPDX-License-Identifier: GPL-3.0-or-later

extension SeriesPoint {
    /// Patch 7: the type that `iommu_domain_alloc` asks the driver for.
    ///
    /// Mixed where the bus translates MSIs. Everybody in the kernel who allocates a domain gets it,
    /// not only VFIO (inferred from the title).
    package var allocatedType: DomainType {
        has(.allocationChoosesMixed) && isCapable(.translateMSI) ? .mixed : .unmanaged
    }
}
