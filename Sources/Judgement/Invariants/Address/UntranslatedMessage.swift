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
        generations: [.hardwareWindow, .identity, .userWindow], needs: [.trace, .messages],
        reason:
            "iommu_dma_prepare_msi returns early without a cookie, drivers/iommu/dma-iommu.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(3))
        for step in judged.armings {
            let plain = step.expected.messages.filter { $0.map == nil }
            guard !plain.isEmpty else { continue }
            let messages = judged.messages.armed(by: step.position)
            if messages.isEmpty {
                seen.cannotSee("no message was read after \(step.record.subject)")
            }
            let maps = judged.armingMaps(during: step.position)
            for message in messages {
                guard let expected = plain.first(where: { $0.vector == message.vector }) else {
                    continue
                }
                let address = message.message.address
                seen.check(
                    expected.address.allows(address) && maps.isEmpty, message.subject,
                    expected: "address \(expected.address) and no map to it",
                    observed: "address \(address) and \(maps.count) maps",
                    basis: expected.address.basis, lines: message.lines + maps.map(\.line))
            }
        }
        return seen
    }
}
