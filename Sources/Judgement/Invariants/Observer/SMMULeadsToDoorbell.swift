// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let smmuLeadsToDoorbell = Invariant(
        id: .observer(1), name: "smmu-leads-to-doorbell",
        statement:
            "The SMMU leads a device to a doorbell's page only where the kernel reported that map, and there to no other page.",
        generations: .observable, needs: [.trace, .observer],
        reason: "iommu_map traces what it maps, drivers/iommu/iommu.c, 6.1"
    ) { judged in
        var seen = Observations(.observer(1))
        guard let reported = judged.reported else { return seen }
        for access in judged.accesses {
            guard let domain = access.domain else { continue }
            let maps = reported.live(
                at: access.from, in: domain, during: access.step.position)
            guard judged.isDoorbell(access, maps) else { continue }
            seen.check(
                maps.contains { $0.target(of: access.from) == access.to }, access.subject,
                expected: maps.first.flatMap { $0.target(of: access.from) }
                    .map { "a way to \($0), as the kernel reported" } ?? "no way to a doorbell",
                observed: access.deed, basis: Basis.law,
                lines: [access.record.line] + maps.prefix(2).map(\.line))
        }
        judged.missRinging(&seen)
        return seen
    }
}

extension JudgedCase {
    /// Whether an access goes to a doorbell, by the kernel's word or by the SMMU's; what the kernel
    /// reported to be gone is another matter.
    fileprivate func isDoorbell(_ access: SeenAccess, _ maps: [ReportedMap]) -> Bool {
        if maps.contains(where: \.isDoorbell) { return true }
        return board.doorbellPages.contains(access.to.page(of: board.pageSize))
            && !isLost(access)
    }

    /// Says why of a device that rang no access was seen, where that is so.
    fileprivate func missRinging(_ seen: inout Observations) {
        for (step, ringing) in ringings where stream(of: ringing.device) != nil {
            if let reason = step.blindness(of: ObserverPoint.translation) {
                seen.cannotSee(reason)
            } else {
                seen.cannotSee("no access of \(ringing.device) was seen when it rang")
            }
        }
    }
}
