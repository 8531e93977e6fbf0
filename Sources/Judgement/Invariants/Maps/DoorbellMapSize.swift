// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let doorbellMapSize = Invariant(
        id: .msi(12), name: "doorbell-map-size",
        statement:
            "A doorbell's map is as large as the granule of its domain's allocator, a page of the CPU mostly.",
        generations: .translated, needs: [.trace],
        reason: "cookie_msi_granule, drivers/iommu/dma-iommu.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(12))
        let sizes = judged.doorbellSizes
        for event in judged.passedDoorbellMaps {
            guard let range = event.map?.range else { continue }
            let size = ByteCount.bytes(range.last.rawValue &- range.first.rawValue &+ 1)
            seen.check(
                sizes.contains(size), "the doorbell map at \(range.first)",
                expected: sizes.sorted().map(\.description).joined(separator: " or "),
                observed: "\(size)", lines: [event.line])
        }
        judged.noteMissingDoorbells(&seen)
        return seen
    }
}
