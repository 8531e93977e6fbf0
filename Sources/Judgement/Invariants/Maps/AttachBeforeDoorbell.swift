// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let attachBeforeDoorbell = Invariant(
        id: .msi(17), name: "attach-before-doorbell",
        statement:
            "A device joins its domain, then its doorbell is mapped, then its first interrupt arrives.",
        generations: .translated, needs: [.trace],
        reason: "iommu_get_msi_cookie is the last act of vfio_iommu_type1_attach_group, 6.1"
    ) { judged in
        var seen = Observations(.msi(17))
        for event in judged.doorbellMaps {
            guard let domain = event.domain else { continue }
            let attached = judged.firstAttach(in: domain)
            let rung = judged.firstRing(in: domain)
            guard let attached else {
                seen.cannotSee("no attach was traced in domain \(domain.number)")
                continue
            }
            let inOrder =
                attached.record.time < event.record.time
                && rung.map { event.record.time < $0.began } ?? true
            seen.check(
                inOrder, "the doorbell map of domain \(domain.number) of \(domain.container)",
                expected: "attach, doorbell map, interrupts",
                observed:
                    "attach \(attached.record.time), map \(event.record.time), first ring "
                    + (rung.map { "\($0.began)" } ?? "none"),
                lines: [attached.line, event.line])
        }
        if judged.doorbellMaps.isEmpty, !judged.armings.isEmpty {
            seen.cannotSee("no map of a doorbell was traced")
        }
        return seen
    }
}

extension JudgedCase {
    fileprivate func firstAttach(in domain: DomainLife) -> AttributedEvent? {
        (events ?? []).first { event in
            guard case .attach = event.record.event else { return false }
            return event.domain == domain
        }
    }

    fileprivate func firstRing(in domain: DomainLife) -> RingRecord? {
        // Zero stands for a beginning that nobody noted.
        steps.first {
            history.domains[$0.position] == domain && ($0.record.ringing?.began.rawValue ?? 0) > 0
        }?
        .record.ringing
    }
}
