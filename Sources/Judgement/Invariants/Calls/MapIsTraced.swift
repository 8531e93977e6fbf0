// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let mapIsTraced = Invariant(
        id: .call(3), name: "map-is-traced",
        statement: "A successful VFIO_IOMMU_MAP_DMA maps all that was asked for and nothing else.",
        generations: .all, needs: [.calls, .trace],
        reason: "vfio_pin_map_dma, drivers/vfio/vfio_iommu_type1.c, 6.1"
    ) { judged in
        var seen = Observations(.call(3))
        for step in judged.steps where !step.expected.userMaps.isEmpty && step.record.succeeded {
            let events = judged.maps(during: step.position)
            let mapped = events.compactMap(\.map?.range).coalesced
            seen.check(
                mapped == step.expected.userMaps.coalesced, step.record.subject,
                expected: "maps of \(step.expected.userMaps.coalesced)", observed: "\(mapped)",
                lines: step.record.callLines + events.map(\.line))
        }
        return seen
    }
}
