// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    /// On QEMU's virt machine the doorbell itself lies in the numeric window, so that an address in
    /// the window proves no translation: only the map event does.
    static let untranslatedMessage = Invariant(
        id: .msi(3), name: "untranslated-message",
        statement:
            "Where nothing translates messages, an armed address is the doorbell's own and no map leads to it.",
        generations: [.hardwareWindow, .identity], needs: [.trace, .messages],
        reason:
            "iommu_dma_prepare_msi returns early without a cookie, drivers/iommu/dma-iommu.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(3))
        for step in judged.armings where judged.messages(armedBy: step.position).isEmpty {
            seen.cannotSee("no message was read after \(step.record.subject)")
        }
        for message in judged.messages {
            guard let register = judged.register(of: message.device) else {
                seen.cannotSee("the doorbell of \(message.device) is not known")
                continue
            }
            let maps = judged.doorbellMaps.filter {
                $0.map?.paddr == register.page(of: judged.board.pageSize)
            }
            let address = message.message.address
            seen.check(
                address.rawValue == register.rawValue && maps.isEmpty, message.subject,
                expected: "address \(register) and no map to it",
                observed: "address \(address) and \(maps.count) maps",
                lines: message.lines + maps.map(\.line))
        }
        return seen
    }
}
