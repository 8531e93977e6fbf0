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
        let rung = judged.firstRings
        let attached = judged.firstAttaches
        for event in judged.passedDoorbellMaps {
            guard let domain = event.domain else { continue }
            guard let attach = attached[domain] else {
                seen.cannotSee("no attach was traced in \(domain)")
                continue
            }
            let ring = rung[domain]
            // Since 6.15 what a group needs is in its new domain before it is
            // (`iommufd_hwpt_attach_device`, `iommufd_device_do_replace`).
            let isInstalled = judged.isInstalled(event, with: attach)
            let inOrder =
                (attach.record.time < event.record.time || isInstalled)
                && ring.map { event.record.time < $0.began || event.step ?? 0 > $0.step } ?? true
            seen.check(
                inOrder, "the doorbell map of \(domain)",
                expected: "attach, doorbell map, interrupts",
                observed:
                    "attach \(attach.record.time), map \(event.record.time), first ring "
                    + (ring.map { "\($0.began)" } ?? "none"),
                basis: Basis.law, lines: [attach.line, event.line])
        }
        judged.noteMissingDoorbells(&seen)
        return seen
    }
}

extension JudgedCase {
    /// Whether a doorbell's map is part of the very call that attaches.
    fileprivate func isInstalled(_ map: AttributedEvent, with attach: AttributedEvent) -> Bool {
        expectation.generation == .iommufdTable && map.step == attach.step
            && map.call == "VFIO_DEVICE_ATTACH_IOMMUFD_PT"
    }

    fileprivate var firstAttaches: [DomainLife: AttributedEvent] {
        var first: [DomainLife: AttributedEvent] = [:]
        for event in trace?.events ?? [] {
            guard case .attach = event.record.event, let domain = event.domain else { continue }
            if first[domain] == nil { first[domain] = event }
        }
        return first
    }

    /// When each domain's first interrupt was raised.
    ///
    /// A later doorbell of the same domain may be mapped after it: the step tells them apart.
    fileprivate var firstRings: [DomainLife: (began: BoardInstant, step: Int)] {
        var first: [DomainLife: (began: BoardInstant, step: Int)] = [:]
        for step in steps {
            // Zero stands for a beginning that nobody noted.
            guard let ring = step.record.ringing, ring.began.rawValue > 0,
                let domain = deviceDomain(at: step.position)
            else { continue }
            if first[domain] == nil { first[domain] = (ring.began, step.position) }
        }
        return first
    }
}
