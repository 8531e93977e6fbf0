// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let doorbellMappedByArming = Invariant(
        id: .msi(18), name: "doorbell-mapped-by-arming",
        statement: "A doorbell is mapped inside the call that arms a vector, and inside no other.",
        generations: .translated, needs: [.trace],
        reason: "iommu_dma_prepare_msi is called by the irqchip's alloc, 6.1"
    ) { judged in
        var seen = Observations(.msi(18))
        for event in judged.doorbellMaps {
            seen.check(
                event.call == "VFIO_DEVICE_SET_IRQS",
                "the doorbell map at \(event.map?.range.description ?? "")",
                expected: "it inside VFIO_DEVICE_SET_IRQS",
                observed: "it inside \(event.call ?? "no call")",
                lines: [event.line] + (event.step.map { judged.steps[$0].record.callLines } ?? []))
        }
        if judged.doorbellMaps.isEmpty, !judged.armings.isEmpty {
            seen.cannotSee("no map of a doorbell was traced")
        }
        return seen
    }
}
