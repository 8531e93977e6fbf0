// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let orderDoesNotMatter = Invariant(
        id: .msi(42), name: "order-does-not-matter",
        statement:
            "Where one doorbell serves all, its address is the same whichever device is armed first.",
        generations: .softwareWindow, needs: [.messages],
        reason:
            "the window is filled in order of first use, iommu_dma_get_msi_page, dma-iommu.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(42))
        var first: [PhysicalAddress: (device: DeviceName?, message: SeenMessage)] = [:]
        for (domain, armings) in judged.armingsByDomain {
            let pages = Set(armings.flatMap(\.expected.messages).compactMap(\.page))
            guard pages.count == 1, let page = pages.first, let device = armings[0].armedDevice,
                judged.isFirstOnItsFile(domain)
            else {
                continue
            }
            guard let message = judged.messages.armed(by: armings[0].position).first else {
                seen.cannotSee("no message was read after \(armings[0].record.subject)")
                continue
            }
            guard let other = first[page] else {
                first[page] = (device, message)
                continue
            }
            guard other.device != device,
                message.expected?.targets == other.message.expected?.targets
            else { continue }
            seen.check(
                message.message.address == other.message.message.address,
                "\(message.subject), armed first in \(domain)",
                expected:
                    "address \(other.message.message.address), as for \(other.message.subject)",
                observed: "address \(message.message.address)",
                lines: other.message.lines + message.lines)
        }
        return seen
    }
}

extension JudgedCase {
    /// Whether no domain of the same file descriptor had a device armed before: since 6.15 they fill
    /// one table (`iommufd_sw_msi`).
    fileprivate func isFirstOnItsFile(_ domain: DomainLife) -> Bool {
        guard expectation.generation == .iommufdTable else { return true }
        let file = history.descriptors[domain]
        return armingsByDomain.first { history.descriptors[$0.domain] == file }?.domain == domain
    }
}
