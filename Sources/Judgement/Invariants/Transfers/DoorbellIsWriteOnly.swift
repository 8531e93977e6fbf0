// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let doorbellIsWriteOnly = Invariant(
        id: .msi(64), name: "doorbell-is-write-only",
        statement: "A device's read of its doorbell's IOVA faults where stage 2 translates.",
        generations: .translated, needs: [.transfers],
        reason:
            "IOMMU_WRITE alone, iommu_dma_get_msi_page; arm_lpae_prot_to_pte, io-pgtable-arm.c, 6.12",
        coverage: .simulatedBoard
    ) { judged in
        var seen = Observations(.msi(64))
        for step in judged.steps {
            guard case .transfer(_, let transfer) = step.record.step,
                transfer.direction == .read, transfer.target == .doorbell
            else { continue }
            judged.compareFault(of: step, &seen)
        }
        return seen
    }
}
