// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension Host {
    mutating func map(
        _ name: ContainerName, _ at: Placement, _ size: Extent, _ seen: inout StepExpectation
    ) {
        guard let request = request(name, at, size, &seen), let space = spaces[name] else { return }
        if design.interface == .iommufd { return mapIOAS(name, request, &seen) }
        guard let range = request.range, isAligned(request.first, request.size),
            !space.groups.isEmpty
        else { return seen.refuse(VFIOCall.map, .invalid) }
        if let errno = refusal(of: range, by: space) { return seen.refuse(VFIOCall.map, errno) }
        if mayMeetDoorbell(range, in: space) {
            lostTo = Self.doorbellNotKnown
            return
        }
        let errno = enter(range, in: name)
        guard errno == .none else {
            // The page table refuses to overwrite a leaf, loudly (`arm_lpae_init_pte`, 6.12).
            if errno == .exists { seen.log.append(.warning) }
            return seen.refuse(VFIOCall.map, errno)
        }
        spaces[name]?.maps.add(range)
        seen.userMaps = space.domains.map { _ in range }
    }

    /// Follows the order of checks in `vfio_dma_do_map` (6.1).
    private func refusal(of range: IOVARange, by space: AddressSpace) -> KernelErrno? {
        if space.maps.overlaps(range) || space.windows.contains(where: range.overlaps) {
            return .exists
        }
        if space.maps.ranges.count >= parameters.mapLimit { return .noSpace }
        guard mappable(with: space.groups).contains(where: { $0.contains(range) }) else {
            // Without ranges only the page table knows its end (`arm_lpae_map`, 5.3).
            return design.keepsRegionsFree ? .invalid : .outOfRange
        }
        return nil
    }

    /// Enters a map into each domain, in the domains' order.
    ///
    /// Where one refuses it, those before it are as they were; what its own undo leaves stays.
    private mutating func enter(_ range: IOVARange, in name: ContainerName) -> KernelErrno {
        guard var space = spaces[name] else { return .none }
        for index in space.domains.indices {
            let errno = enter(range, in: &space.domains[index])
            guard errno == .none else {
                spaces[name]?.domains[index] = space.domains[index]
                return errno
            }
        }
        spaces[name] = space
        return .none
    }

    /// Maps a range in one domain, through the reserving calls where patch 9 says so.
    func enter(_ range: IOVARange, in domain: inout TranslationDomain) -> KernelErrno {
        if design.series.reservesUserMaps(in: domain.type) {
            guard case .mixed(var cookie) = domain.doorbells else {
                return MixedMaps.errnoWithoutCookie
            }
            let errno = cookie.mapMixed(range)
            domain.doorbells = .mixed(cookie)
            return errno
        }
        return domain.holdsDoorbell(in: range) ? .exists : .none
    }
}

extension StepExpectation {
    mutating func refuse(_ call: String, _ errno: KernelErrno) {
        outcome = .refused(calls: [call], errno: errno)
    }
}
