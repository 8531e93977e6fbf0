// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let doorbellsInOrder = Invariant(
        id: .msi(5), name: "doorbells-in-order",
        statement:
            "In order of first use, each further doorbell page is one page above the one before.",
        generations: .softwareWindow, needs: [.trace],
        reason: "iommu_dma_alloc_iova's cookie->msi_iova, drivers/iommu/dma-iommu.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(5))
        let granule = judged.board.pageSize
        for domain in judged.domains {
            let maps = judged.doorbellMaps(in: domain)
            for (index, event) in maps.enumerated().dropFirst() {
                let distance = ByteCount.bytes(UInt64(index) * granule.bytes.rawValue)
                guard let map = event.map,
                    let expected = judged.expectation.window?.base.advanced(by: distance)
                else { continue }
                seen.check(
                    map.range.first == expected,
                    "doorbell \(index + 1) in domain \(domain.number) of \(domain.container)",
                    expected: "\(expected)", observed: "\(map.range.first)",
                    lines: [maps[index - 1].line, event.line])
            }
        }
        let pages = Set(judged.armings.flatMap(\.expected.messages).compactMap(\.page))
        if pages.count > 1, judged.domains.allSatisfy({ judged.doorbellMaps(in: $0).count < 2 }) {
            seen.cannotSee("no second doorbell map was traced")
        }
        return seen
    }
}
