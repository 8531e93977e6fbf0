// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension KernelDesign {
    /// FD15, iommufd since 6.15: a table of doorbells for each file descriptor
    /// (`iommufd_sw_msi`, commit 40f5175d0eb7).
    ///
    /// Its pages are mapped to be read as well (`drivers/iommu/iommufd/driver.c`).
    static func iommufdTable(
        on kernel: KernelVersion, _ parameters: ModelParameters
    ) -> KernelDesign {
        KernelDesign(
            interface: .iommufd, doorbells: .table, keepsRegionsFree: true, tellsRanges: true,
            safety: .sinceRegions(on: kernel, parameters), unplaceable: .refused(.noSpace),
            doorbellsAreReadable: true)
    }
}
