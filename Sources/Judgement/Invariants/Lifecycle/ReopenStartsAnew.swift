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
        var first: [DomainLife.Owner: (domain: DomainLife, map: AttributedEvent?)] = [:]
        var descriptors: Set<Int> = []
        for (domain, _) in judged.armingsByDomain {
            // Domains of one file descriptor go on where the one before stopped (`iommufd_sw_msi`,
            // 6.15): only a new descriptor starts anew.
            if judged.expectation.generation == .iommufdTable,
                let descriptor = judged.history.descriptors[domain],
                !descriptors.insert(descriptor).inserted
            {
                continue
            }
            let map = judged.doorbellMaps(in: domain).first
            guard let old = first[domain.owner] else {
                first[domain.owner] = (domain, map)
                continue
            }
            guard let before = old.map, let old = before.map, let map, let new = map.map else {
                seen.cannotSee(
                    "no map of a doorbell was traced in each life of \(domain.owner.name)")
                continue
            }
            seen.check(
                old.range.first == new.range.first, "\(domain)",
                expected: "the first doorbell at \(old.range.first) again",
                observed: "it at \(new.range.first)", lines: [before.line, map.line])
        }
        return seen
    }
}

extension DomainLife.Owner {
    fileprivate var name: String {
        switch self {
        case .container(let name): name.text
        case .host(let device): "\(device)"
        }
    }
}
