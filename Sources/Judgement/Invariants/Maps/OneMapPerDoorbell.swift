// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let oneMapPerDoorbell = Invariant(
        id: .msi(14), name: "one-map-per-doorbell",
        statement:
            "In a domain's life each doorbell page is mapped once, however many vectors and devices use it.",
        generations: .translated.subtracting([.userWindow]), needs: [.trace],
        reason: "msi_page_list is searched first, iommu_dma_get_msi_page, dma-iommu.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(14))
        let domains = Set(judged.armings.compactMap { judged.history.domains[$0.position] })
        for domain in domains.sorted(by: { ($0.container, $0.number) < ($1.container, $1.number) })
        {
            let maps = judged.armingMaps.filter { $0.domain == domain }
            let pages = judged.pagesUsed(in: domain)
            seen.check(
                maps.count == pages.count, "domain \(domain.number) of \(domain.container)",
                expected: "\(pages.count) doorbell maps", observed: "\(maps.count)",
                lines: maps.map(\.line))
        }
        return seen
    }
}
