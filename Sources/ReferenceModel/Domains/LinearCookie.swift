// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// What a domain of VFIO remembers of the doorbells it has mapped (`IOMMU_DMA_MSI_COOKIE`,
/// `struct iommu_dma_cookie`, 6.1).
struct LinearCookie: Sendable {
    private(set) var window: LinearWindow
    private let base: IOVA
    private let granule: Granule
    private(set) var pages: [DoorbellMap] = []

    init(base: IOVA, granule: Granule) {
        window = LinearWindow(base: base, granule: granule)
        self.base = base
        self.granule = granule
    }

    /// Maps a doorbell's page at the next IOVA; where the page table refuses, the pointer steps
    /// back.
    mutating func map(
        _ page: PhysicalAddress, unless collides: (IOVARange) -> Bool
    ) -> DoorbellMap? {
        var next = window
        guard let iova = next.allocate() else { return nil }
        let map = DoorbellMap(iova: iova, page: page, size: granule.bytes)
        guard let range = map.range, !collides(range) else { return nil }
        window = next
        pages.append(map)
        return map
    }
}
