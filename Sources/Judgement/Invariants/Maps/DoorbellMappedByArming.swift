// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let doorbellMappedByArming = Invariant(
        id: .msi(18), name: "doorbell-mapped-by-arming",
        statement:
            "A doorbell is mapped inside the call that arms a vector, or as a domain joins a file descriptor that has it.",
        generations: .translated, needs: [.trace],
        reason:
            "iommu_dma_prepare_msi is called by the irqchip's alloc, 6.1; iommufd_sw_msi_install, drivers/iommu/iommufd/device.c, 6.15"
    ) { judged in
        var seen = Observations(.msi(18))
        for event in judged.passedDoorbellMaps {
            guard let step = event.step else { continue }
            let installs =
                judged.steps[step].armedDevice == nil
                && (!judged.steps[step].expected.doorbellMaps.isEmpty
                    || judged.mayInstall(event, in: judged.steps[step]))
            seen.check(
                event.call == "VFIO_DEVICE_SET_IRQS" || installs,
                "the doorbell map at \(event.map?.range.description ?? "")",
                expected: "it inside VFIO_DEVICE_SET_IRQS",
                observed: "it inside \(event.call ?? "no call")",
                lines: [event.line] + judged.steps[step].record.callLines)
        }
        judged.noteMissingDoorbells(&seen)
        return seen
    }
}

extension JudgedCase {
    /// Whether a device that may ring one of several doorbells comes to a domain with those that it
    /// has needed, which the model cannot name (`iommufd_sw_msi_install`, 6.15).
    fileprivate func mayInstall(_ event: AttributedEvent, in step: JudgedStep) -> Bool {
        guard expectation.generation == .iommufdTable,
            event.call == "VFIO_DEVICE_ATTACH_IOMMUFD_PT",
            let device = step.record.step.device.flatMap(address)
        else { return false }
        return board.doorbell(of: device) == nil
    }
}
