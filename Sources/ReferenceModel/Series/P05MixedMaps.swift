// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Patch 5: `iommu_dma_map_mixed` and `iommu_dma_unmap_mixed`.
///
/// Each map of the user's reserves its IOVAs, so that the allocator keeps out of them. Inferred
/// from the names, the cover letter and what `reserve_iova` of 4.8 does.
extension MixedCookie {
    /// Reserves a range and maps it in the page table.
    ///
    /// `reserve_iova` never reports a collision: that a doorbell's page lies there is found by the
    /// page table alone, which answers `-EEXIST` with a WARN.
    package mutating func mapMixed(_ range: IOVARange) -> KernelErrno {
        let frames = PageFrameRange(covering: range, granule: allocator.granule)
        let before = allocator
        var tree = allocator
        tree.reserve(frames)
        guard pages.contains(where: { $0.range?.overlaps(range) ?? false }) else {
            replace(allocator: tree)
            return .none
        }
        switch options.undo {
        case .restores: replace(allocator: before)
        case .freesByFrame:
            tree.free(containing: frames.first)
            replace(allocator: tree)
        }
        return .exists
    }

    /// Takes a range out of the page table and gives its IOVAs back.
    ///
    /// By the first page's number: adjacent maps stay apart, so it is the node of this range.
    package mutating func unmapMixed(_ range: IOVARange) {
        var tree = allocator
        tree.free(containing: PageFrame(of: range.first, granule: tree.granule))
        replace(allocator: tree)
    }
}

/// What `iommu_dma_map_mixed` answers for a domain without a cookie, or of another type.
package enum MixedMaps {
    package static let errnoWithoutCookie = KernelErrno.invalid
}
