// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// What a domain remembers of the doorbells it has mapped (`struct iommu_dma_cookie`, 6.1).
struct MSICookie: Sendable {
    private var window: LinearWindow
    private let granule: Granule
    private(set) var pages: [DoorbellMap] = []

    init(base: IOVA, granule: Granule) {
        window = LinearWindow(base: base, granule: granule)
        self.granule = granule
    }

    /// Finds the page of a doorbell, or maps it; `fresh` says which.
    mutating func page(of register: PhysicalAddress) -> (map: DoorbellMap, fresh: Bool)? {
        let page = register.page(of: granule)
        if let known = pages.first(where: { $0.page == page }) { return (known, false) }
        guard let iova = window.allocate() else { return nil }
        let map = DoorbellMap(iova: iova, page: page, size: granule.bytes)
        pages.append(map)
        return (map, true)
    }

    /// Puts the page's IOVA in place of the register's page and keeps the low bits.
    static func address(of register: PhysicalAddress, in map: DoorbellMap, granule: Granule)
        -> MessageAddress
    {
        MessageAddress(rawValue: map.iova.rawValue | register.offset(in: granule).rawValue)
    }
}
