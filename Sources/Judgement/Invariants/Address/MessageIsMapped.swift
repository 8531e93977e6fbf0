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
        judged.noteUnreadMessages(&seen)
        for message in judged.messages.all {
            // Up to 6.14 a domain that replaces another has none of its doorbells: messages that
            // were armed before are stale (`iommufd_sw_msi`'s reason, commit 40f5175d0eb7).
            if judged.expectation.generation == .iommufd, judged.isMoved(message) { continue }
            guard let expected = message.expected, expected.map != nil else {
                seen.cannotSee("which doorbell \(message.device) rings is not known")
                continue
            }
            let live = judged.liveDoorbellMaps(in: message.domain, after: message.step)
            let holding = live.filter { $0.maps(expected.pages, at: message.iova) }
            let pages = expected.pages.sorted().map(\.description).joined(separator: " or ")
            seen.check(
                holding.count == 1, message.subject,
                expected: "one live map of \(pages) that holds \(message.iova)",
                observed: "\(holding.count) of \(live.count) live doorbell maps hold it",
                basis: expected.map?.basis ?? Basis.exact,
                lines: message.lines + live.map(\.line))
        }
        judged.compareFaults(&seen)
        return seen
    }
}

extension JudgedCase {
    /// Whether the device has got another domain since the message was armed.
    func isMoved(_ message: SeenMessage) -> Bool {
        history.moments[message.arming].places[message.name] != message.domain
    }

    /// A device's own message that faults was mapped into another domain than the device's.
    fileprivate func compareFaults(_ seen: inout Observations) {
        for step in steps {
            guard step.record.ringing != nil, let device = step.record.step.device,
                step.expected.faults?.allows(true) != true, !step.expected.outcome.isUnknown
            else { continue }
            let faults = self.faults.during(step.position)
            let read = messages.last(of: device, before: step.position + 1)
            // A message of all ones leads nowhere, and is a matter of its own.
            let hit = read.filter { message in
                !message.isAllOnes
                    && faults.addresses.contains { $0.rawValue == message.message.address.rawValue }
            }
            guard !hit.isEmpty else { continue }
            seen.find(
                step.record.subject, expected: "the device's own domain to map \(hit[0].iova)",
                observed: "an SMMU fault at \(hit[0].iova)", basis: Basis.law,
                lines: faults.lines + hit.flatMap(\.lines))
        }
    }
}
