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
        judged.noteUnreadMessages(&seen)
        for message in judged.messages.all {
            // Up to 6.14 a message that was armed in another domain is stale.
            if judged.expectation.generation == .iommufd, judged.isMoved(message) { continue }
            guard let expected = message.expected, expected.map != nil else {
                seen.cannotSee("which doorbell \(message.device) rings is not known")
                continue
            }
            let live = judged.liveDoorbellMaps(in: message.domain, after: message.step)
            let own = live.filter { expected.pages.contains($0.map?.paddr ?? .none) }
            guard !own.isEmpty else {
                seen.cannotSee("no live map of \(expected.pages.sorted()) was traced")
                continue
            }
            let right = expected.addresses(through: own)
            // A doorbell that is mapped at its own address would hide that nothing was translated.
            let isPhysical =
                expected.targets.contains { $0.register == message.message.address.rawValue }
                && !expected.address.allows(message.message.address)
            seen.check(
                right.contains(message.message.address) && !isPhysical, message.subject,
                expected: isPhysical
                    ? "address \(expected.address)"
                    : "address \(right.sorted().map(\.description).joined(separator: " or "))",
                observed: "address \(message.message.address)",
                basis: expected.address.basis, lines: message.lines + own.map(\.line))
        }
        return seen
    }
}

extension VectorExpectation {
    /// What the address must be where these maps are live.
    fileprivate func addresses(through maps: [AttributedEvent]) -> Set<MessageAddress> {
        let all = maps.compactMap(\.map).flatMap { map in
            targets.filter { $0.page == map.paddr }.map {
                MessageAddress(rawValue: map.range.first.rawValue &+ $0.offset)
            }
        }
        return Set(all)
    }
}

extension PhysicalAddress {
    /// No doorbell's page: it is aligned to nothing.
    fileprivate static let none = PhysicalAddress(rawValue: .max)
}

extension JudgedCase {
    /// An armed vector whose registers nobody read hides what it would have shown.
    func noteUnreadMessages(_ seen: inout Observations) {
        for step in armings where messages.armed(by: step.position).isEmpty {
            seen.cannotSee("no message was read after \(step.record.subject)")
        }
    }
}
