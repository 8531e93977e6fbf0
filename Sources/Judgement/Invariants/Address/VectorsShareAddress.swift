// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let vectorsShareAddress = Invariant(
        id: .msi(6), name: "vectors-share-address",
        statement:
            "All vectors of a device on one doorbell have the same address and each its own data.",
        generations: .all, needs: [.messages],
        reason:
            "gicv2m_compose_msi_msg, irq-gic-v2m.c; its_irq_compose_msi_msg, irq-gic-v3-its.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(6))
        for step in judged.armings where step.expected.messages.count > 1 {
            let messages = judged.messages(armedBy: step.position)
            guard messages.count == step.expected.messages.count else {
                seen.cannotSee(
                    "\(messages.count) messages were read after \(step.record.subject)")
                continue
            }
            let addresses = Set(messages.map(\.message.address))
            let data = Set(messages.map(\.message.data))
            seen.check(
                addresses.count == 1 && data.count == messages.count, step.record.subject,
                expected: "one address and \(messages.count) different data",
                observed: "\(addresses.count) addresses and \(data.count) different data",
                lines: messages.flatMap(\.lines))
        }
        return seen
    }
}
