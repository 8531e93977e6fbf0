// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let firstDoorbellAtBase = Invariant(
        id: .msi(4), name: "first-doorbell-at-base",
        statement: "The first doorbell of a fresh domain is mapped at exactly the window's base.",
        generations: .softwareWindow, needs: [.trace],
        reason: "MSI_IOVA_BASE, drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(4))
        guard let base = judged.expectation.window?.base else { return seen }
        for domain in judged.domains {
            guard let first = judged.doorbellMaps(in: domain).first, let map = first.map else {
                continue
            }
            let messages = judged.messages.filter { $0.domain == domain && $0.step == first.step }
            seen.check(
                map.range.first == base, "domain \(domain.number) of \(domain.container)",
                expected: "the first doorbell at \(base)", observed: "it at \(map.range.first)",
                lines: [first.line] + messages.flatMap(\.lines))
        }
        if judged.doorbellMaps.isEmpty, !judged.armings.isEmpty {
            seen.cannotSee("no map of a doorbell was traced")
        }
        return seen
    }
}
