// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let reopenStartsAnew = Invariant(
        id: .msi(44), name: "reopen-starts-anew",
        statement: "A container that is opened again places its first doorbell where the last did.",
        generations: .softwareWindow, needs: [.trace],
        reason: "a domain is freed with its last group, vfio_iommu_type1_detach_group, 6.1"
    ) { judged in
        var seen = Observations(.msi(44))
        let lives = judged.armingsByDomain.map(\.domain)
        for domain in lives {
            guard let first = lives.first(where: { $0.container == domain.container }),
                first != domain
            else { continue }
            guard let old = judged.doorbellMaps(in: first).first, let before = old.map,
                let new = judged.doorbellMaps(in: domain).first, let after = new.map
            else {
                seen.cannotSee(
                    "no map of a doorbell was traced in each life of \(domain.container)")
                continue
            }
            seen.check(
                before.range.first == after.range.first,
                "domain \(domain.number) of \(domain.container)",
                expected: "the first doorbell at \(before.range.first) again",
                observed: "it at \(after.range.first)", lines: [old.line, new.line])
        }
        return seen
    }
}
