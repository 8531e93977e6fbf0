// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let smmuLeadsToMemory = Invariant(
        id: .observer(3), name: "smmu-leads-to-memory",
        statement:
            "Wherever else the SMMU leads a passed-through device, the kernel reported that map, with that page.",
        generations: .observable, needs: [.trace, .transfers, .observer],
        reason: "iommu_map traces what it maps, drivers/iommu/iommu.c, 6.1"
    ) { judged in
        var seen = Observations(.observer(3))
        guard let reported = judged.reported else { return seen }
        for access in judged.accesses {
            guard let domain = access.domain, !judged.isLost(access),
                !judged.board.doorbellPages.contains(access.to.page(of: judged.board.pageSize))
            else { continue }
            let maps = reported.live(
                at: access.from, in: domain, during: access.step.position)
            // The way to a doorbell that leads elsewhere is told of already.
            if maps.contains(where: \.isDoorbell) { continue }
            seen.check(
                maps.contains { $0.target(of: access.from) == access.to }, access.subject,
                expected: maps.first.flatMap { $0.target(of: access.from) }
                    .map { "a way to \($0), as the kernel reported" } ?? "no way to anywhere",
                observed: access.deed, basis: Basis.law,
                lines: [access.record.line] + maps.prefix(2).map(\.line))
        }
        for step in judged.steps where step.record.transfer != nil {
            if let reason = step.blindness(of: ObserverPoint.translation) { seen.cannotSee(reason) }
        }
        return seen
    }
}
