// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension Host {
    /// Follows `IOMMU_IOAS_MAP` with a fixed IOVA (`iopt_check_iova`, `iopt_map_user_pages`, 6.12).
    mutating func mapIOAS(
        _ name: ContainerName, _ request: (range: IOVARange?, first: IOVA, size: ByteCount),
        _ seen: inout StepExpectation
    ) {
        guard let space = spaces[name] else { return }
        if request.size == .zero { return seen.refuse(IOMMUFDCall.map, .invalid) }
        guard space.groups.isEmpty || isAligned(request.first, request.size) else {
            return seen.refuse(IOMMUFDCall.map, .invalid)
        }
        guard let range = request.range else { return seen.refuse(IOMMUFDCall.map, .overflow) }
        if !space.groups.isEmpty,
            !mappable(with: space.groups).contains(where: { $0.contains(range) })
        {
            return seen.refuse(IOMMUFDCall.map, .invalid)
        }
        if space.maps.overlaps(range) { return seen.refuse(IOMMUFDCall.map, .exists) }
        guard !space.domains.contains(where: { $0.holdsDoorbell(in: range) }) else {
            seen.log.append(.warning)
            return seen.refuse(IOMMUFDCall.map, .exists)
        }
        spaces[name]?.maps.add(range)
        seen.userMaps = space.domains.map { _ in range }
    }

    /// Follows `iommufd_ioas_unmap` (6.12): areas whole or not at all, and at least one.
    mutating func unmapIOAS(
        _ name: ContainerName, _ request: (range: IOVARange?, first: IOVA, size: ByteCount),
        _ seen: inout StepExpectation
    ) {
        guard let space = spaces[name] else { return }
        if request.size == .zero { return seen.refuse(IOMMUFDCall.unmap, .invalid) }
        guard let range = request.range else { return seen.refuse(IOMMUFDCall.unmap, .overflow) }
        // The areas below the first one that is cut are gone when the call fails.
        let gone = removeWhole(in: range, from: name)
        seen.userUnmaps = gone.flatMap { range in space.domains.map { _ in range } }
        guard !gone.isEmpty, !space.maps.isCut(by: range) else {
            return seen.refuse(IOMMUFDCall.unmap, .noEntry)
        }
        seen.unmapped = Self.sum(of: gone)
    }

    private mutating func removeWhole(
        in range: IOVARange, from name: ContainerName
    ) -> [IOVARange] {
        guard let maps = spaces[name]?.maps else { return [] }
        let met = maps.ranges.filter { $0.overlaps(range) }
        let gone = Array(met.prefix { range.contains($0) })
        for map in gone { _ = spaces[name]?.maps.remove(inside: map) }
        return gone
    }
}

/// The kernel's names of the calls of iommufd (`include/uapi/linux/iommufd.h` and `vfio.h`, 6.12).
enum IOMMUFDCall {
    static let map = "IOMMU_IOAS_MAP"
    static let unmap = "IOMMU_IOAS_UNMAP"
    static let bind = "VFIO_DEVICE_BIND_IOMMUFD"
    static let attach = "VFIO_DEVICE_ATTACH_IOMMUFD_PT"
}
