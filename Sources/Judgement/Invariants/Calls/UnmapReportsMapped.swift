// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let unmapReportsMapped = Invariant(
        id: .call(2), name: "unmap-reports-mapped",
        statement: "VFIO_IOMMU_UNMAP_DMA reports exactly the user's bytes that it took out.",
        generations: .all, needs: [.calls],
        reason: "vfio_dma_do_unmap, drivers/vfio/vfio_iommu_type1.c, 6.1"
    ) { judged in
        var seen = Observations(.call(2))
        for step in judged.steps {
            guard let expected = step.expected.unmapped, step.record.succeeded else { continue }
            guard let unmapped = step.record.unmapped else {
                seen.cannotSee("no size was recorded for \(step.record.subject)")
                continue
            }
            seen.check(
                unmapped == expected, step.record.subject, expected: "\(expected)",
                observed: "\(unmapped)",
                lines: step.record.callLines + [step.record.line("unmapped \(unmapped)")])
        }
        return seen
    }
}
