// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Hands out doorbell pages in ascending order from the window's base.
///
/// This is `iommu_dma_get_msi_page` for an MSI cookie (`drivers/iommu/dma-iommu.c`, 6.1): the
/// window's end is never checked, and nothing is ever given back.
package struct LinearWindow: Sendable, Hashable {
    private var next: IOVA?
    private let granule: Granule

    package init(base: IOVA, granule: Granule) {
        next = base
        self.granule = granule
    }

    /// Gives the next page; nothing when 64 bits are used up.
    package mutating func allocate() -> IOVA? {
        defer { next = next?.advanced(by: granule.bytes) }
        return next
    }
}
