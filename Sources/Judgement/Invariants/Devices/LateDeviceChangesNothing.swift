// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let lateDeviceChangesNothing = Invariant(
        id: .msi(41), name: "late-device-changes-nothing",
        statement:
            "A device that joins a container in use changes no message of the others and takes no doorbell from them.",
        generations: .translated, needs: [.trace, .messages],
        reason: "the cookie keeps its pages, iommu_dma_get_msi_page, drivers/iommu/dma-iommu.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(41))
        let lost = Dictionary(grouping: judged.lostDoorbells) { $0.unmap.step ?? -1 }
        for step in judged.steps {
            guard case .attach(let own, let container) = step.record.step, step.record.succeeded
            else { continue }
            let moment = judged.history.moments[step.position]
            let others = moment.armed.keys.filter {
                $0 != own && moment.places[$0]?.owner == .container(container)
            }
            for device in others.sorted() {
                judged.compareMessages(of: device, across: step, &seen)
            }
            guard !others.isEmpty, let gone = lost[step.position] else { continue }
            seen.find(
                step.record.subject, expected: "every doorbell to stay",
                observed: "\(gone.count) doorbells gone", basis: Basis.law,
                lines: gone.flatMap { [$0.map.line, $0.unmap.line] })
        }
        return seen
    }
}
