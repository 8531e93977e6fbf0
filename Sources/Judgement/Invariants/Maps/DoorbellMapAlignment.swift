// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let doorbellMapAlignment = Invariant(
        id: .msi(13), name: "doorbell-map-alignment",
        statement: "IOVA and physical address of a map made while arming are aligned to its page.",
        generations: .translated, needs: [.trace],
        reason: "iommu_dma_get_msi_page masks the address, drivers/iommu/dma-iommu.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(13))
        let granules = judged.doorbellSizes.compactMap { Granule($0) }
        guard let page = granules.min(by: { $0.bytes < $1.bytes }) else { return seen }
        var hasMap = false
        for step in judged.steps {
            for event in judged.armingMaps(during: step.position) {
                guard let map = event.map else { continue }
                hasMap = true
                let aligned =
                    map.range.first.offset(in: page) == .zero
                    && map.paddr.offset(in: page) == .zero
                seen.check(
                    aligned, "the map at \(map.range.first)", expected: "multiples of \(page)",
                    observed: "IOVA \(map.range.first), page \(map.paddr)", lines: [event.line])
            }
        }
        if !hasMap, !judged.armings.isEmpty { seen.cannotSee("no map was traced while arming") }
        return seen
    }
}
