// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let blockIsAligned = Invariant(
        id: .msi(8), name: "block-is-aligned",
        statement:
            "Several vectors of MSI have one address, and data whose low bits are free for the vector's number.",
        generations: .all, needs: [.messages],
        reason: "PCI Local Bus 3.0, 6.8.1.6; gicv2m_irq_domain_alloc, irq-gic-v2m.c, 6.12"
    ) { judged in
        var seen = Observations(.msi(8))
        for step in judged.armings {
            guard case .arm(_, .msi, let vectors) = step.record.step, vectors > 1 else { continue }
            guard let message = judged.messages.armed(by: step.position).first else {
                seen.cannotSee("no message was read after \(step.record.subject)")
                continue
            }
            // What could not be mapped has no data, and is a matter of its own.
            guard !message.isAllOnes else { continue }
            let block = UInt32(1) << UInt32(32 - (vectors - 1).leadingZeroBitCount)
            let data = message.message.data
            // A frame whose data has an offset aligns the interrupt, not the data: the model knows.
            let allowed = message.expected?.data.allows(data) ?? true
            let aligned = data.isMultiple(of: block) || judged.hasDataOffset(message)
            seen.check(
                allowed && aligned, message.subject,
                expected: "data that is a multiple of \(block)",
                observed: "data \(Hexadecimal.prefixed(UInt64(data)))", lines: message.lines)
        }
        return seen
    }
}

extension JudgedCase {
    /// Whether the doorbell's data is not the interrupt's own number.
    fileprivate func hasDataOffset(_ message: SeenMessage) -> Bool {
        board.doorbells.contains { doorbell in
            guard case .gicV2m(_, let form) = doorbell.kind, form != .interruptID,
                let register = doorbell.register
            else { return false }
            return message.expected?.pages.contains(register.page(of: board.pageSize)) ?? false
        }
    }
}
