// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let mapIsTraced = Invariant(
        id: .call(3), name: "map-is-traced",
        statement:
            "What is mapped for the user is all that was asked for and nothing else, once in each domain.",
        generations: .all, needs: [.calls, .trace],
        reason: "vfio_pin_map_dma and vfio_iommu_replay, drivers/vfio/vfio_iommu_type1.c, 6.1"
    ) { judged in
        var seen = Observations(.call(3))
        for step in judged.steps where step.mapsForUser {
            let events = judged.maps(during: step.position).filter { $0.purpose != .probe }
            let doorbells = events.filter { $0.purpose == .doorbell }
            let users = step.record.isAttach ? events.filter { $0.purpose == .user } : events
            let domains = judged.history.moments[step.position].domains
            for domain in domains.isEmpty ? [nil] : domains.map(Optional.some) {
                let own = users.filter { $0.domain == domain }
                let mapped = own.compactMap(\.map?.range).coalesced
                seen.check(
                    mapped == step.expected.userMaps.coalesced
                        && (doorbells.isEmpty || step.record.isAttach),
                    step.record.subject,
                    expected:
                        "maps of \(step.expected.userMaps.coalesced) in \(domain.map { "\($0)" } ?? "a domain")",
                    observed: "\(mapped)", lines: step.record.callLines + own.map(\.line))
            }
        }
        return seen
    }
}

extension JudgedStep {
    /// Whether it maps for the user: a map step, or an attach that replays into a new domain.
    fileprivate var mapsForUser: Bool {
        !expected.userMaps.isEmpty && record.succeeded
    }
}

extension StepRecord {
    /// Whether it brings a device into a domain.
    var isAttach: Bool {
        switch step {
        case .attach, .move: true
        default: false
        }
    }
}
