// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// What is known of a space in which a vector rang one of several doorbells: little.
///
/// `gicv2m_irq_domain_alloc` (`irq-gic-v2m.c`, 6.1) takes the first frame that has room, and host
/// drivers hold interrupts of which nobody tells.
extension Host {
    static let openness = "which doorbells are mapped already, and where, is not known"

    func isOpen(_ device: AttachedDevice) -> Bool {
        guard let space = spaces[device.container] else { return false }
        return design.doorbells == .table
            ? openTables.contains(space.descriptor) : space.isOpen
    }

    mutating func open(_ device: AttachedDevice) {
        guard let space = spaces[device.container] else { return }
        spaces[device.container]?.isOpen = true
        openTables.insert(space.descriptor)
    }

    /// Whether a user map may meet a doorbell that may be there: only where maps are not kept out
    /// of the doorbells' places.
    func mayMeetDoorbell(_ range: IOVARange, in space: AddressSpace) -> Bool {
        guard space.isOpen, !design.keepsRegionsFree else { return false }
        return switch design.doorbells {
        case .cookie: parameters.window.range.map(range.overlaps) ?? false
        // From the highest free page downwards: at or above the lowest that could be taken.
        case .mixed: space.domains.contains { lowestPlace(in: $0).map { range.last >= $0 } ?? true }
        case .unmapped, .bypass, .table, .given: false
        }
    }

    /// The lowest IOVA that any of the board's doorbells can have got, if all came now.
    private func lowestPlace(in domain: TranslationDomain) -> IOVA? {
        guard case .mixed(var cookie) = domain.doorbells else { return nil }
        let masks = board.host.masks.values.min() ?? parameters.defaultMask
        var lowest = cookie.pages.map(\.iova).min()
        for page in board.doorbellPages {
            guard let map = cookie.map(page, mask: masks, unless: { _ in false }) else {
                return nil
            }
            lowest = min(lowest ?? map.iova, map.iova)
        }
        return lowest
    }
}
