// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let neverAllOnes = Invariant(
        id: .msi(10), name: "never-all-ones",
        statement:
            "No armed message is all ones, but where a kernel before 5.2 found no room for the doorbell and warned of it.",
        generations: .all, needs: [.messages],
        reason:
            "iommu_dma_map_msi_msg, drivers/iommu/dma-iommu.c, 4.9; split in two by ece6e6f0218b"
    ) { judged in
        var seen = Observations(.msi(10))
        judged.noteUnreadMessages(&seen)
        for message in judged.messages.all {
            // Of a vector that may ring one of several doorbells nothing may be known.
            let expected =
                message.expected?.address.allows(.allOnes)
                ?? (judged.board.doorbell(of: message.device) == nil)
            guard message.isAllOnes else {
                seen.hold()
                continue
            }
            let log = judged.steps[message.arming].seen.log ?? judged.evidence.log
            let warned = log?.contains(where: \.warnsOfComposing)
            seen.check(
                expected && warned != false, message.subject,
                expected: expected ? "a warning in the kernel's log" : "another address",
                observed: expected ? "none" : "all ones",
                basis: message.expected?.address.basis ?? Basis.law, lines: message.lines)
        }
        return seen
    }
}

extension SeenMessage {
    /// Whether it is what a failed composition leaves; MSI's own registers hold fewer bits of it.
    var isAllOnes: Bool {
        message.address == .allOnes
            || message.address.rawValue == 0xffff_ffff && message.data & 0xffff == 0xffff
    }
}

extension LogLine {
    /// Whether the code that composes messages warns; the page table's own warning, where there is
    /// one, says nothing of the message (`WARN_ON(!msi_page)`, `iommu_dma_map_msi_msg`, 4.9).
    fileprivate var warnsOfComposing: Bool {
        TroubleKind(message) == .warning && !message.contains("io-pgtable")
    }
}
