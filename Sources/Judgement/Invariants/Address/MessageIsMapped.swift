// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let messageIsMapped = Invariant(
        id: .msi(2), name: "message-is-mapped",
        statement:
            "For every armed vector exactly one live map of its doorbell's page holds the message's address.",
        generations: .translated, needs: [.trace, .messages],
        reason: "iommu_dma_get_msi_page, drivers/iommu/dma-iommu.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(2))
        for step in judged.armings where judged.messages(armedBy: step.position).isEmpty {
            seen.cannotSee("no message was read after \(step.record.subject)")
        }
        for message in judged.messages {
            guard let register = judged.register(of: message.device) else {
                seen.cannotSee("the doorbell of \(message.device) is not known")
                continue
            }
            let page = register.page(of: judged.board.pageSize)
            let address = IOVA(rawValue: message.message.address.rawValue)
            let live = judged.liveDoorbellMaps(in: message.domain, after: message.step)
            let holding = live.filter { $0.maps(page, at: address) }
            seen.check(
                holding.count == 1, message.subject,
                expected: "one live map of \(page) that holds \(address)",
                observed: "\(holding.count) of \(live.count) live doorbell maps hold it",
                lines: message.lines + live.map(\.line))
        }
        return seen
    }
}
