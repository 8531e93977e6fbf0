// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let holeIsUsedAgain = Invariant(
        id: .msi(27), name: "hole-is-used-again",
        statement:
            "In a mixed domain what the user unmaps is free for the next doorbell, and doorbells that are placed do not move.",
        generations: [.mixed], needs: [.trace, .messages],
        reason: "iommu_dma_unmap_mixed releases the reservation, RFC of September 2016, patch 5"
    ) { judged in
        var seen = Observations(.msi(27))
        var unmapped: Set<DomainLife> = []
        for step in judged.steps {
            let moment = judged.history.moments[step.position]
            if case .unmap = step.record.step, step.record.succeeded {
                unmapped.formUnion(moment.domains)
                for (device, _) in moment.armed.sorted(by: { $0.key < $1.key })
                where moment.places[device].map(moment.domains.contains) ?? false {
                    judged.compareMessages(of: device, across: step, &seen)
                }
            } else if let domain = moment.deviceDomain, unmapped.contains(domain) {
                judged.compareDoorbellMaps(of: step, &seen)
            }
        }
        return seen
    }
}
