// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension Host {
    /// Makes a domain for a container's first group, or its first behind another SMMU.
    ///
    /// - Returns: why the attach is refused, where it is.
    mutating func makeDomain(
        of type: DomainType, behind smmu: SMMUIdentity?, for group: IOMMUGroup,
        in name: ContainerName, _ call: String, _ seen: inout StepExpectation
    ) -> Outcome? {
        guard let space = spaces[name] else { return nil }
        var domain = TranslationDomain(
            type: type, smmu: smmu, groups: [group], doorbells: .none)
        switch newPages(of: type, in: space) {
        case .success(let pages): domain.doorbells = pages
        case .failure(let refusal): return .refused(calls: [call], errno: refusal.errno)
        }
        for range in space.maps.ranges {
            let errno = enter(range, in: &domain)
            guard errno == .none else { return .refused(calls: [call], errno: errno) }
        }
        seen.probes = probe(with: space.groups + [group]).map { [$0] } ?? []
        seen.userMaps = space.maps.ranges
        seen.opensDomain = true
        spaces[name]?.domains.insert(domain, at: 0)
        return nil
    }

    /// What a fresh domain has for doorbells.
    func newPages(
        of type: DomainType, in space: AddressSpace
    ) -> Result<DoorbellPages, CookieRefusal> {
        switch design.doorbells {
        case .unmapped: return .success(.none)
        case .bypass: return .success(.bypass)
        case .cookie: return .success(.linear(linearCookie))
        case .table: return .success(.table([]))
        case .given:
            var pages = GivenWindow(
                granule: mixedGranule, lowestPageUsable: parameters.lowestPageUsable)
            for window in space.windows { pages.register(window) }
            return .success(.given(pages))
        case .mixed:
            return design.series.typeOneCookie(
                of: type, window: parameters.mixedWindow, aperture: board.aperture,
                geometry: parameters.geometry, granule: mixedGranule, options: parameters.mixed
            ).map { $0.map(DoorbellPages.mixed) ?? .none }
        }
    }

    var linearCookie: LinearCookie {
        LinearCookie(base: parameters.window.base, granule: board.pageSize)
    }

    /// The lowest bit of the SMMU's page sizes, of which the driver takes the CPU's own where it
    /// can (`arm_lpae_restrict_pgsizes`, 6.1).
    var mixedGranule: Granule {
        let page = board.pageSize.bytes.rawValue
        guard let sizes = board.host.pageSizes, sizes & page == 0 else { return board.pageSize }
        // The CPU's page is not there: the largest below it, else the smallest above.
        let below = sizes & (page - 1)
        let bit = below == 0 ? sizes & (~sizes &+ 1) : 1 << UInt64(63 - below.leadingZeroBitCount)
        return Granule(.bytes(bit)) ?? board.pageSize
    }

    /// Two pages that VFIO maps and takes out again (`vfio_test_domain_fgsp`, 4.8, 6.12).
    private func probe(with groups: [IOMMUGroup]) -> IOVARange? {
        let size = ByteCount.bytes(2 * board.pageSize.bytes.rawValue)
        switch design.probe {
        case .none: return nil
        case .atZero: return IOVARange(first: IOVA(rawValue: 0), size: size)
        case .atFirstRange:
            return mappable(with: groups).lazy.compactMap { range in
                let start = (range.first.rawValue + (size.rawValue - 1)) & ~(size.rawValue - 1)
                // The kernel compares with the last address, so that a range of exactly two pages
                // is passed over.
                guard start < range.last.rawValue, range.last.rawValue - start >= size.rawValue
                else { return nil }
                return IOVARange(first: IOVA(rawValue: start), size: size)
            }.first
        }
    }
}
