// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let devicesShareDoorbell = Invariant(
        id: .msi(34), name: "devices-share-doorbell",
        statement: "Devices of one domain that ring one doorbell carry the same address.",
        generations: [.fixedWindowWithRanges], needs: [.messages],
        reason: "one cookie for each domain, drivers/iommu/dma-iommu.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(34))
        for (domain, armings) in judged.armingsByDomain {
            let pages = armings.flatMap(\.expected.messages)
            for page in Set(pages.compactMap(\.page)).sorted() {
                let devices = Set(pages.filter { $0.page == page }.map(\.device))
                guard devices.count > 1 else { continue }
                let messages = judged.messages.filter {
                    $0.domain == domain && devices.contains($0.device)
                }
                guard Set(messages.map(\.device)) == devices else {
                    seen.cannotSee("messages of all of \(devices.sorted()) were not read")
                    continue
                }
                let addresses = Set(messages.map(\.message.address)).sorted()
                seen.check(
                    addresses.count == 1, "domain \(domain.number) of \(domain.container)",
                    expected: "one address for \(devices.sorted())", observed: "\(addresses)",
                    lines: messages.flatMap(\.lines))
            }
        }
        return seen
    }
}

extension JudgedCase {
    /// The armings of each domain, in order.
    var armingsByDomain: [(domain: DomainLife, armings: [JudgedStep])] {
        let known = armings.compactMap { step in
            history.domains[step.position].map { (domain: $0, step: step) }
        }
        return Dictionary(grouping: known, by: \.domain)
            .map { (domain: $0.key, armings: $0.value.map(\.step)) }
            .sorted {
                ($0.domain.container, $0.domain.number) < ($1.domain.container, $1.domain.number)
            }
    }
}
