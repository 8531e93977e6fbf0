// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let windowMayOverflow = Invariant(
        id: .msi(52), name: "window-may-overflow",
        statement:
            "Doorbells stay inside the window; where there are too many, what lies beyond is flagged, and never on a user's map.",
        generations: .softwareWindow, needs: [.trace],
        reason:
            "cookie->msi_iova has no end, iommu_dma_get_msi_page, drivers/iommu/dma-iommu.c, 6.12",
        coverage: .simulatedBoard
    ) { judged in
        var seen = Observations(.msi(52))
        guard let window = judged.expectation.window?.range, let trace = judged.trace else {
            return seen
        }
        var live: [DomainLife: LiveRanges] = [:]
        for (index, event) in trace.events.enumerated() {
            guard let domain = event.domain, !domain.isHost else { continue }
            if let gone = event.removed { live[domain]?.remove(gone) }
            guard let map = event.map else { continue }
            let hit = live[domain]?.first(overlapping: map.range)
            live[domain, default: LiveRanges()].add(map.range, index)
            guard event.isDoorbellMap else { continue }
            if !window.contains(map.range) {
                seen.remark(
                    .undefined, "the doorbell map at \(map.range.first) in \(domain)",
                    expected: "no word on doorbells beyond \(window)",
                    observed: "it at \(map.range)",
                    lines: [event.line])
            }
            seen.check(
                window.contains(map.range) || hit == nil, "the doorbell map at \(map.range.first)",
                expected: "no user's map there",
                observed: "one of \(hit.map { "\($0.range)" } ?? "")",
                basis: Basis.law,
                lines: [event.line] + (hit.map { [trace.events[$0.event].line] } ?? []))
        }
        judged.noteMissingDoorbells(&seen)
        return seen
    }
}
