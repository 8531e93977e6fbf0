// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let doorbellMapSize = Invariant(
        id: .msi(12), name: "doorbell-map-size",
        statement: "A doorbell's map is as large as a page of the CPU.",
        generations: .softwareWindow, needs: [.trace],
        reason: "cookie_msi_granule, drivers/iommu/dma-iommu.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(12))
        let page = judged.board.pageSize.bytes
        for event in judged.doorbellMaps {
            guard let range = event.map?.range else { continue }
            let last = range.last.rawValue - range.first.rawValue
            seen.check(
                last == page.rawValue - 1, "the doorbell map at \(range.first)",
                expected: "\(page)", observed: "\(range)", lines: [event.line])
        }
        if judged.doorbellMaps.isEmpty, !judged.armings.isEmpty {
            seen.cannotSee("no map of a doorbell was traced")
        }
        return seen
    }
}
