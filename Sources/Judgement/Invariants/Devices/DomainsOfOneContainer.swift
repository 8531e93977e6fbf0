// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let domainsOfOneContainer = Invariant(
        id: .msi(36), name: "domains-of-one-container",
        statement:
            "Groups that cannot share a domain get one each: every user map is made in both, and each places its own doorbells.",
        generations: .translated, needs: [.trace],
        reason: "vfio_iommu_type1_attach_group and vfio_iommu_replay, vfio_iommu_type1.c, 6.1",
        coverage: .simulatedBoard
    ) { judged in
        var seen = Observations(.msi(36))
        var several: Set<DomainLife> = []
        for step in judged.steps {
            let domains = judged.history.moments[step.position].lives
            if domains.count > 1 { several.formUnion(domains) }
            guard domains.count > 1, step.record.succeeded, !step.expected.userMaps.isEmpty else {
                if let domain = step.deviceDomain(judged), several.contains(domain) {
                    judged.compareDoorbellMaps(of: step, &seen)
                }
                continue
            }
            judged.judgeMapOfAll(step, &seen)
        }
        return seen
    }
}

extension JudgedStep {
    fileprivate func deviceDomain(_ judged: JudgedCase) -> DomainLife? {
        judged.deviceDomain(at: position)
    }
}

extension JudgedCase {
    fileprivate func judgeMapOfAll(_ step: JudgedStep, _ seen: inout Observations) {
        let domains = history.moments[step.position].domains
        let events = maps(during: step.position).filter { $0.purpose == .user }
        let counts = domains.map { domain in
            events.filter { $0.domain == domain }.compactMap(\.map?.range).coalesced
        }
        let right = step.expected.userMaps.coalesced
        seen.check(
            counts.allSatisfy { $0 == right }, step.record.subject,
            expected: "maps of \(right) in \(domains.count) domains", observed: "\(counts)",
            lines: step.record.callLines + events.map(\.line))
    }
}
