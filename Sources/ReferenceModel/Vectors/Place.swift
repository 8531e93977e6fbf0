// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// What became of a doorbell's page when a message was to be composed.
enum PlacedPage: Sendable {
    /// It is in the page table, newly or since before.
    case mapped(DoorbellMap, fresh: Bool)
    /// Nothing is put into the page table, and the message keeps the physical address.
    case physical
    /// No place, or the page table refused it.
    case refused
}

extension Host {
    /// Finds the page of a doorbell in a device's domain, or maps it (`iommu_dma_get_msi_page`, 6.1;
    /// `iommu_dma_map_msi_msg`, 4.9).
    mutating func place(_ page: PhysicalAddress, for device: AttachedDevice) -> PlacedPage {
        let group = board.group(of: device.address)
        guard var space = spaces[device.container], let index = space.domain(of: group) else {
            return .refused
        }
        let maps = space.maps
        let mask = board.host.masks[device.address] ?? parameters.defaultMask
        defer { spaces[device.container] = space }
        if case .table = space.domains[index].doorbells {
            return install(page, in: &space, index, for: group)
        }
        return space.domains[index].place(page, mask: mask, unless: maps.overlaps)
    }
}

extension TranslationDomain {
    /// Every design but the table of a file descriptor.
    fileprivate mutating func place(
        _ page: PhysicalAddress, mask: IOVA, unless collides: (IOVARange) -> Bool
    ) -> PlacedPage {
        if case .given(var window) = doorbells {
            guard window.isGiven else { return .physical }
            guard let (map, fresh) = window.take(page, mask: mask) else { return .refused }
            doorbells = .given(window)
            return .mapped(map, fresh: fresh)
        }
        if let known = pages.first(where: { $0.page == page }) {
            return .mapped(known, fresh: false)
        }
        switch doorbells {
        case .none, .bypass, .table, .given: return .physical
        case .linear(var cookie):
            let map = cookie.map(page, unless: collides)
            doorbells = .linear(cookie)
            return map.map { .mapped($0, fresh: true) } ?? .refused
        case .mixed(var cookie):
            let map = cookie.map(page, mask: mask, unless: collides)
            doorbells = .mixed(cookie)
            return map.map { .mapped($0, fresh: true) } ?? .refused
        }
    }
}
