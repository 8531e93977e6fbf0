// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension Host {
    /// Follows `vfio_dma_do_unmap` (6.1) for type1v2: maps are taken out whole or not at all.
    mutating func unmap(
        _ name: ContainerName, _ at: Placement, _ size: Extent, _ seen: inout StepExpectation
    ) {
        guard let request = request(name, at, size, &seen), let space = spaces[name] else { return }
        if design.interface == .iommufd { return unmapIOAS(name, request, &seen) }
        guard let range = request.range, isAligned(request.first, request.size),
            !space.groups.isEmpty, !space.maps.isCut(by: range)
        else { return seen.refuse(VFIOCall.unmap, .invalid) }
        let gone = remove(inside: range, from: name)
        seen.userUnmaps = gone.flatMap { range in space.domains.map { _ in range } }
        seen.unmapped = Self.sum(of: gone)
    }

    /// Takes maps out of a space and gives their IOVAs back to the allocators of its domains.
    mutating func remove(inside range: IOVARange, from name: ContainerName) -> [IOVARange] {
        let gone = spaces[name]?.maps.remove(inside: range) ?? []
        guard var space = spaces[name] else { return gone }
        for index in space.domains.indices
        where design.series.reservesUserMaps(in: space.domains[index].type) {
            guard case .mixed(var cookie) = space.domains[index].doorbells else { continue }
            for range in gone { cookie.unmapMixed(range) }
            space.domains[index].doorbells = .mixed(cookie)
        }
        spaces[name] = space
        return gone
    }

    /// Maps lie apart inside 64 bits, so their sizes have a sum there.
    static func sum(of ranges: [IOVARange]) -> ByteCount {
        ranges.reduce(.zero) { sum, range in
            .bytes(sum.rawValue + (range.last.rawValue - range.first.rawValue + 1))
        }
    }
}
