// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let eachItsOwnDoorbell = Invariant(
        id: .msi(37), name: "each-its-own-doorbell",
        statement:
            "Devices of one domain that ring different doorbells have messages in different pages, each its own.",
        generations: .translated, needs: [.trace, .messages],
        reason: "iommu_dma_get_msi_page searches by physical page, drivers/iommu/dma-iommu.c, 6.1",
        coverage: .simulatedBoard
    ) { judged in
        var seen = Observations(.msi(37))
        for (domain, armings) in judged.armingsByDomain {
            let pages = Set(armings.flatMap(\.expected.messages).compactMap(\.page))
            guard pages.count > 1 else { continue }
            if armings.contains(where: { judged.messages.armed(by: $0.position).isEmpty }) {
                seen.cannotSee("messages of all devices of \(domain) were not read")
            }
            var owners: [IOVA: PhysicalAddress] = [:]
            for message in armings.flatMap({ judged.messages.armed(by: $0.position) }) {
                guard let page = message.expected?.page else { continue }
                let live = judged.liveDoorbellMaps(in: domain, after: message.step)
                let own = live.first { $0.map?.range.contains(message.iova) ?? false }
                guard let own, let map = own.map else {
                    seen.cannotSee("no live map holds the message of \(message.subject)")
                    continue
                }
                // A window that the user gave takes a page out with its last user, and gives its
                // place to another.
                let isFixed = judged.expectation.generation != .userWindow
                let other = isFixed ? owners[map.range.first] ?? page : page
                owners[map.range.first] = page
                seen.check(
                    map.paddr == page && other == page, message.subject,
                    expected: "a page of its own that leads to \(page)",
                    observed: "\(map.range.first), which leads to \(map.paddr)",
                    basis: message.expected?.address.basis ?? Basis.exact,
                    lines: message.lines + [own.line])
            }
        }
        judged.noteMissingSecondDoorbell(&seen)
        return seen
    }
}
