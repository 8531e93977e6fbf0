// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let messageLeadsToDoorbell = Invariant(
        id: .msi(1), name: "message-leads-to-doorbell",
        statement:
            "An armed message's address is the IOVA of the doorbell's page plus the doorbell's offset in it.",
        generations: .translated, needs: [.trace, .messages],
        reason: "iommu_dma_compose_msi_msg, drivers/iommu/dma-iommu.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(1))
        for step in judged.armings where judged.messages(armedBy: step.position).isEmpty {
            seen.cannotSee("no message was read after \(step.record.subject)")
        }
        for message in judged.messages {
            guard let register = judged.register(of: message.device) else {
                seen.cannotSee("the doorbell of \(message.device) is not known")
                continue
            }
            let granule = judged.board.pageSize
            let page = register.page(of: granule)
            let live = judged.liveDoorbellMaps(in: message.domain, after: message.step)
            guard let event = live.last(where: { $0.map?.paddr == page }), let map = event.map
            else {
                seen.cannotSee("no live map of page \(page) was traced")
                continue
            }
            let expected = MessageAddress(
                rawValue: map.range.first.rawValue + register.offset(in: granule).rawValue)
            seen.check(
                message.message.address == expected, message.subject,
                expected: "address \(expected)", observed: "address \(message.message.address)",
                lines: message.lines + [event.line])
        }
        return seen
    }
}
