// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let doorbellNeverUnmapped = Invariant(
        id: .msi(16), name: "doorbell-never-unmapped",
        statement:
            "No unmap event ever covers a doorbell's page: it goes silently with its domain.",
        generations: .translated.subtracting([.userWindow]), needs: [.trace],
        reason: "iommu_put_dma_cookie frees without iommu_unmap, drivers/iommu/dma-iommu.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(16))
        for domain in judged.domains {
            for map in judged.doorbellMaps(in: domain) {
                let gone = (judged.events ?? []).filter { event in
                    guard let unmap = event.unmap?.range, let range = map.map?.range else {
                        return false
                    }
                    return event.domain == domain && event.record.time >= map.record.time
                        && unmap.overlaps(range)
                }
                seen.check(
                    gone.isEmpty,
                    "the doorbell map of domain \(domain.number) of \(domain.container)",
                    expected: "no unmap", observed: "\(gone.count) unmaps",
                    lines: [map.line] + gone.map(\.line))
            }
        }
        if judged.doorbellMaps.isEmpty, !judged.armings.isEmpty {
            seen.cannotSee("no map of a doorbell was traced")
        }
        return seen
    }
}
