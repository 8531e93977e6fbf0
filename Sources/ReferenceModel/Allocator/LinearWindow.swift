// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Hands out doorbell pages in ascending order from the window's base.
///
/// This is `iommu_dma_alloc_iova` for an MSI cookie (`drivers/iommu/dma-iommu.c`, 6.1 and 6.12): a
/// pointer that goes up by a page. The window's end is never checked, only the most recent page can
/// be given back, and the caller takes address 0 for a failure.
package struct LinearWindow: Sendable, Hashable {
    /// `msi_iova`: the page that the next call tries.
    package private(set) var next: IOVA
    /// The CPU's page size, whatever the IOMMU's (`cookie_msi_granule`).
    package let granule: Granule

    /// A window of which nothing is used (`iommu_get_msi_cookie`); any base is taken.
    package init(base: IOVA, granule: Granule) {
        next = base
        self.granule = granule
    }

    /// Gives the next page; nothing for page 0, which the kernel reads as a failure.
    ///
    /// The pointer moves on all the same, so a window at base 0 fails once and goes on at its second
    /// page. Past the last page of 64 bits it wraps.
    package mutating func allocate() -> IOVA? {
        let page = next
        next = IOVA(rawValue: next.rawValue &+ granule.bytes.rawValue)
        return page.rawValue == 0 ? nil : page
    }

    /// Takes back the most recent page, which could not be mapped (`iommu_dma_free_iova`).
    ///
    /// The kernel gives nothing else back, and never asks which page it was.
    package mutating func giveBack() {
        next = IOVA(rawValue: next.rawValue &- granule.bytes.rawValue)
    }

    /// Whether the next page leaves the window that the kernel reports, which it does not notice.
    package func isBeyond(_ window: SoftwareWindow) -> Bool {
        guard let range = window.range,
            let page = IOVARange(first: next, size: granule.bytes)
        else { return true }
        return !range.contains(page)
    }
}
