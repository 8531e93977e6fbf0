// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension TypeOneHost {
    /// Follows `vfio_dma_do_unmap` (6.1) for type1v2: maps are taken out whole or not at all.
    mutating func unmap(
        _ name: ContainerName, _ at: Placement, _ size: Extent, _ seen: inout StepExpectation
    ) {
        guard let request = request(name, at, size, &seen) else { return }
        guard let range = request.range, let maps = containers[name]?.maps,
            maps.holding(range.first).map({ $0.first == range.first }) ?? true,
            maps.holding(range.last).map({ $0.last == range.last }) ?? true
        else {
            seen.outcome = .refused(calls: [VFIOCall.unmap], errno: .invalid)
            return
        }
        seen.userUnmaps = containers[name]?.maps.remove(inside: range) ?? []
        seen.unmapped = seen.userUnmaps.reduce(.zero) { sum, range in
            // Maps lie apart inside 64 bits, so their sizes have a sum there.
            .bytes(sum.rawValue + (range.last.rawValue - range.first.rawValue + 1))
        }
    }
}
