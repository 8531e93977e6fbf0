// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let liveMapsApart = Invariant(
        id: .msi(21), name: "live-maps-apart",
        statement: "Maps of one domain that are live at the same time never overlap.",
        generations: .all, needs: [.trace],
        reason: "io-pgtable refuses to overwrite a leaf, drivers/iommu/io-pgtable-arm.c, 6.12"
    ) { judged in
        var seen = Observations(.msi(21))
        var live: [DomainLife: LiveRanges] = [:]
        for event in judged.events ?? [] {
            guard let domain = event.domain else { continue }
            if let map = event.map {
                let hit = live[domain]?.first(overlapping: map.range)
                seen.check(
                    hit == nil, "the map of \(map.range)", expected: "no live map in its way",
                    observed: "\(hit?.range.description ?? "") still mapped",
                    lines: [hit?.line].compactMap { $0 } + [event.line])
                live[domain, default: LiveRanges()].add(map.range, event.line)
            } else if let unmap = event.unmap {
                live[domain]?.remove(unmap.range)
            }
        }
        return seen
    }
}
