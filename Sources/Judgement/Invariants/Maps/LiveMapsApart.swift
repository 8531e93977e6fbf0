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
        guard let trace = judged.trace else { return seen }
        var live: [DomainLife: LiveRanges] = [:]
        for (index, event) in trace.events.enumerated() where event.purpose != .host {
            guard let domain = event.domain, !domain.isHost else { continue }
            if let map = event.map {
                let hit = live[domain]?.first(overlapping: map.range)
                seen.check(
                    hit == nil, "the map of \(map.range) in \(domain)",
                    expected: "no live map in its way",
                    observed: "\(hit?.range.description ?? "") still mapped", basis: Basis.law,
                    lines: [hit.map { trace.events[$0.event].line }, event.line].compactMap(\.self))
                live[domain, default: LiveRanges()].add(map.range, index)
            } else if let gone = event.removed {
                live[domain]?.remove(gone)
            }
        }
        return seen
    }
}
