// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let unmapCoversMap = Invariant(
        id: .msi(71), name: "unmap-covers-map",
        statement:
            "After a successful unmap no page of the user's maps in it is left, and a device's DMA to it faults.",
        generations: .all, needs: [.calls, .trace],
        reason: "vfio_unmap_unpin, drivers/vfio/vfio_iommu_type1.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(71))
        for step in judged.steps where !step.expected.userUnmaps.isEmpty && step.record.succeeded {
            guard !step.record.calls.isEmpty else {
                seen.cannotSee("no call of \(step.record.subject) was recorded")
                continue
            }
            let events = judged.unmaps(during: step.position)
            let gone = events.compactMap(\.removed).coalesced
            let left = step.expected.userUnmaps.filter { range in
                !gone.contains { $0.contains(range) }
            }
            seen.check(
                left.isEmpty, step.record.subject,
                expected: "unmaps of \(step.expected.userUnmaps.coalesced)", observed: "\(gone)",
                lines: step.record.callLines + events.map(\.line))
        }
        for step in judged.steps {
            guard case .transfer(_, let transfer) = step.record.step,
                case .memory = transfer.target
            else { continue }
            judged.compareFault(of: step, &seen)
        }
        return seen
    }
}
