// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Patch 4: a cookie for MSIs alone, whose IOVAs come from the allocator of DMA domains.
///
/// `iommu_get_dma_msi_region_cookie` as eauger/linux has it at 19ecc09682c1.
package struct MixedCookie: Sendable {
    package private(set) var allocator: EraTree
    /// The doorbell pages that are mapped, in order of their first use; none is ever taken out.
    package private(set) var pages: [DoorbellMap] = []
    let options: MixedOptions
    /// Where the domain's own page table ends, where the driver forces it.
    private let end: IOVA

    /// Makes the cookie for a domain, once.
    ///
    /// The checks stand in the kernel's order: whether the DMA layer is built at all, the type, the
    /// geometry of patch 1, whether there is a cookie, then the range as `iommu_dma_init_domain`
    /// looks at it. Page 0 is never handed out, and everything behind the
    /// window is reserved, which makes the window an upper bound.
    package static func make(
        for type: DomainType, window: IOVARange, aperture: IOVARange, geometry: MSIGeometry,
        granule: Granule, options: MixedOptions = MixedOptions(), after former: MixedCookie? = nil
    ) -> Result<MixedCookie, CookieRefusal> {
        guard options.isBuilt else { return .failure(.notBuilt) }
        guard type == .mixed else { return .failure(.invalid) }
        if let fixed = geometry.aperture, !fixed.overlaps(window) { return .failure(.invalid) }
        guard former == nil else { return .failure(.exists) }
        guard window.overlaps(aperture) else { return .failure(.outsideAperture) }
        let first = max(PageFrame(of: window.first, granule: granule), PageFrame(rawValue: 1))
        let start = max(first, PageFrame(of: aperture.first, granule: granule))
        let last = min(window.last, aperture.last)
        var tree = EraTree(
            granule: granule, start: start,
            cachedLimit: PageFrame(of: last, granule: granule),
            lowestPageUsable: options.lowestPageUsable)
        if let beyond = window.last.advanced(by: .bytes(1)),
            let rest = IOVARange(first: beyond, last: IOVA(rawValue: .max))
        {
            tree.reserve(PageFrameRange(covering: rest, granule: granule))
        }
        return .success(MixedCookie(allocator: tree, options: options, end: last))
    }

    private init(allocator: EraTree, options: MixedOptions, end: IOVA) {
        self.allocator = allocator
        self.options = options
        self.end = end
    }

    /// The page that the next doorbell would be given, for a device with this DMA mask.
    ///
    /// The highest that is free at or below the mask and the end of the page table; nothing when
    /// the window is full.
    package func candidate(mask: IOVA) -> IOVA? {
        var copy = allocator
        return Self.allocate(from: &copy, limit: min(mask, end))
    }

    /// Takes the page and maps a doorbell there; gives it back when the page table refuses.
    mutating func map(
        _ page: PhysicalAddress, mask: IOVA, unless collides: (IOVARange) -> Bool
    ) -> DoorbellMap? {
        var tree = allocator
        guard let iova = Self.allocate(from: &tree, limit: min(mask, end)) else { return nil }
        let map = DoorbellMap(iova: iova, page: page, size: tree.granule.bytes)
        guard let range = map.range, !collides(range), !pages.contains(where: { $0.iova == iova })
        else { return nil }
        allocator = tree
        pages.append(map)
        return map
    }

    private static func allocate(from tree: inout EraTree, limit: IOVA) -> IOVA? {
        let last = PageFrame(of: limit, granule: tree.granule)
        // With page 0 taken, a search that finds nothing wraps: it crashes or gives pages above its
        // limit, where no page table reaches. Either way nothing can be mapped, as when the window
        // is full (`__alloc_and_insert_iova_range`, 4.8).
        guard let grant = tree.allocate(.one, limit: last, aligned: true).grant,
            grant.range.last <= last
        else { return nil }
        return grant.range.first.address(granule: tree.granule)
    }

    mutating func replace(allocator: EraTree) { self.allocator = allocator }
}

/// What the text that was found leaves open of patches 4 and 5.
package struct MixedOptions: Sendable, Hashable, Codable {
    /// Whether the lowest page of the window can be had; the author's own fix makes it so.
    package var lowestPageUsable: Bool
    /// How a reservation is taken back.
    package var undo: Undo
    /// Whether the kernel has `CONFIG_IOMMU_DMA`; without it a stub answers.
    package var isBuilt: Bool

    /// How `iommu_dma_map_mixed` takes a reservation back when mapping fails.
    package enum Undo: String, Sendable, Hashable, Codable {
        /// Only what this call reserved, as a right kernel must.
        case restores
        /// By the number of the first page, as `free_iova` does: the node that carries a doorbell
        /// may go with it.
        case freesByFrame
    }

    package init(
        lowestPageUsable: Bool = true, undo: Undo = .restores, isBuilt: Bool = true
    ) {
        self.lowestPageUsable = lowestPageUsable
        self.undo = undo
        self.isBuilt = isBuilt
    }
}

/// Why a domain does not get a cookie.
package enum CookieRefusal: Error, Sendable, Hashable {
    /// Another type of domain, or a window that the hardware's geometry does not meet.
    case invalid
    /// The domain has one: only who makes a domain may ask.
    case exists
    /// `iommu_dma_init_domain`: the range lies outside what the IOMMU translates.
    case outsideAperture
    /// Built without `CONFIG_IOMMU_DMA`: the stub's answer.
    case notBuilt

    package var errno: KernelErrno {
        switch self {
        case .invalid: .invalid
        case .exists: .exists
        case .outsideAperture: .badAddress
        case .notBuilt: .noDevice
        }
    }
}
