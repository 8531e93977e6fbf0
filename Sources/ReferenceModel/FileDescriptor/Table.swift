// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// The doorbell pages that a group has needed on a file descriptor (`igroup->required_sw_msi`,
/// 6.15): they are put into each domain that the group comes to.
struct RequiredPages: Sendable {
    struct Key: Sendable, Hashable {
        let descriptor: Int
        let group: IOMMUGroup
    }

    var pages: [DoorbellMap] = []
}

extension Host {
    /// Finds a page in the table of the file descriptor or gives it a place there, and puts it into
    /// the domain (`iommufd_sw_msi`, 6.15).
    mutating func install(
        _ page: PhysicalAddress, in space: inout AddressSpace, _ index: Int, for group: IOMMUGroup
    ) -> PlacedPage {
        var table = tables[space.descriptor] ?? SoftwareMSITable(granule: board.pageSize)
        // That the 65th page is `EOVERFLOW` inside the kernel does not reach user space: allocating
        // vectors makes `ENOSPC` of any failure (`msi_handle_pci_fail`, 6.1).
        guard
            let found = try? table.entry(for: page, windowStart: parameters.window.base)
        else { return .refused }
        tables[space.descriptor] = table
        let map = DoorbellMap(iova: found.entry.iova, page: page, size: board.pageSize.bytes)
        let key = RequiredPages.Key(descriptor: space.descriptor, group: group)
        if required[key]?.pages.contains(map) != true {
            required[key, default: RequiredPages()].pages.append(map)
        }
        return space.install(map, in: index)
    }

    /// Puts what a group needs into the domain that it comes to, before it is attached.
    mutating func installRequired(
        by group: IOMMUGroup, in name: ContainerName, _ index: Int, _ seen: inout StepExpectation
    ) {
        guard design.doorbells == .table, var space = spaces[name] else { return }
        let key = RequiredPages.Key(descriptor: space.descriptor, group: group)
        for map in required[key]?.pages ?? [] {
            if case .mapped(_, fresh: true) = space.install(map, in: index) {
                seen.doorbellMaps.append(.exactly(map))
            }
        }
        spaces[name] = space
    }

    /// Forgets what a group needed once none of its devices is bound to the file descriptor.
    mutating func forgetRequired(by group: IOMMUGroup, on descriptor: Int) {
        let isBound = attached.values.contains {
            board.group(of: $0.address) == group
                && spaces[$0.container]?.descriptor == descriptor
        }
        if !isBound { required[RequiredPages.Key(descriptor: descriptor, group: group)] = nil }
    }
}

extension AddressSpace {
    fileprivate mutating func install(_ map: DoorbellMap, in index: Int) -> PlacedPage {
        guard case .table(let pages) = domains[index].doorbells else { return .physical }
        if pages.contains(map) { return .mapped(map, fresh: false) }
        guard let range = map.range, !maps.overlaps(range) else { return .refused }
        domains[index].doorbells = .table(pages + [map])
        return .mapped(map, fresh: true)
    }
}
