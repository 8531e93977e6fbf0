// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let unmapIsWhole = Invariant(
        id: .msi(20), name: "unmap-is-whole",
        statement:
            "Every unmap takes out as many bytes as it was asked for, unless it undoes a map that failed.",
        generations: .all, needs: [.trace],
        reason:
            "a shortfall is broken bookkeeping: WARN_ON in vfio_unmap_unpin; iommu_map undoes what it began, drivers/iommu/iommu.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(20))
        for event in judged.trace?.events ?? [] where event.step != nil && event.purpose != .host {
            guard let unmap = event.unmap, !event.callFailed else { continue }
            let size = unmap.range.last.rawValue - unmap.range.first.rawValue
            seen.check(
                unmap.unmapped.rawValue &- 1 == size, "the unmap of \(unmap.range)",
                expected: "all of it", observed: "\(unmap.unmapped)", basis: Basis.law,
                lines: [event.line])
        }
        return seen
    }
}
