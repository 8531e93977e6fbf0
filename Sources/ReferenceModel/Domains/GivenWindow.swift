// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Doorbells in a window that user space registered (`msi-iommu.c`, series v12 to v14).
///
/// Each page counts its users; when the last one goes, it is unmapped and its IOVA is free again.
struct GivenWindow: Sendable {
    /// What is registered, in order; nothing is mapped before there is something.
    private(set) var windows: [IOVARange] = []
    private(set) var pages: [DoorbellMap] = []
    private var allocator: EraTree?
    private var users: [PhysicalAddress: Int] = [:]
    private let granule: Granule
    private let lowestPageUsable: Bool

    init(granule: Granule, lowestPageUsable: Bool) {
        self.granule = granule
        self.lowestPageUsable = lowestPageUsable
    }

    var isGiven: Bool { !windows.isEmpty }

    /// Makes the first window the allocator's; later ones only keep the user's maps out.
    mutating func register(_ window: IOVARange) {
        windows.append(window)
        guard allocator == nil else { return }
        let last = PageFrame(of: window.last, granule: granule)
        var tree = EraTree(
            granule: granule, start: PageFrame(of: window.first, granule: granule),
            cachedLimit: last, lowestPageUsable: lowestPageUsable)
        if let beyond = window.last.advanced(by: .bytes(1)),
            let rest = IOVARange(first: beyond, last: IOVA(rawValue: .max))
        {
            tree.reserve(PageFrameRange(covering: rest, granule: granule))
        }
        allocator = tree
    }

    /// Finds the page of a doorbell or maps it, and counts one more user.
    mutating func take(_ page: PhysicalAddress, mask: IOVA) -> (map: DoorbellMap, fresh: Bool)? {
        if let known = pages.first(where: { $0.page == page }) {
            users[page, default: 0] += 1
            return (known, false)
        }
        guard var tree = allocator, let window = windows.first else { return nil }
        let limit = PageFrame(of: min(window.last, mask), granule: granule)
        // A search that wrapped found nothing that can be mapped, as in `MixedCookie`.
        guard let grant = tree.allocate(.one, limit: limit, aligned: true).grant,
            grant.range.last <= limit
        else { return nil }
        allocator = tree
        let map = DoorbellMap(
            iova: grant.range.first.address(granule: granule), page: page, size: granule.bytes)
        pages.append(map)
        users[page] = 1
        return (map, true)
    }

    /// Counts one user less; gives the page when it is unmapped.
    mutating func release(_ page: PhysicalAddress) -> DoorbellMap? {
        guard let count = users[page] else { return nil }
        users[page] = count - 1
        guard count == 1, let map = pages.first(where: { $0.page == page }) else { return nil }
        users[page] = nil
        pages.removeAll { $0 == map }
        allocator?.free(containing: PageFrame(of: map.iova, granule: granule))
        return map
    }
}
