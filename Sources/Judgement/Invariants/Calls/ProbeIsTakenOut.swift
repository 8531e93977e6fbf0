// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let probeIsTakenOut = Invariant(
        id: .call(4), name: "probe-is-taken-out",
        statement:
            "What VFIO maps to learn of large pages is where the model says, and is taken out again.",
        generations: .all, needs: [.calls, .trace],
        reason: "vfio_test_domain_fgsp, drivers/vfio/vfio_iommu_type1.c, 6.1"
    ) { judged in
        var seen = Observations(.call(4))
        for step in judged.steps where !step.expected.probes.isEmpty && step.record.succeeded {
            let events = (judged.trace?.during(step.position) ?? []).filter { $0.purpose == .probe }
            let mapped = events.compactMap(\.map?.range).coalesced
            let gone = events.compactMap(\.removed).coalesced
            let right = step.expected.probes.coalesced
            seen.check(
                mapped == right && gone == right, step.record.subject,
                expected: "\(right) mapped and unmapped",
                observed: "\(mapped) mapped, \(gone) unmapped",
                lines: step.record.callLines + events.map(\.line))
        }
        return seen
    }
}
