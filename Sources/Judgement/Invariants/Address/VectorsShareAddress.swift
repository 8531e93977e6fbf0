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
            let messages = judged.messages.armed(by: step.position)
            guard messages.count == step.expected.messages.count else {
                seen.cannotSee(
                    "\(messages.count) messages were read after \(step.record.subject)")
                continue
            }
            // What could not be mapped says nothing of its vector, and is a matter of its own.
            guard !messages.contains(where: \.isAllOnes) else { continue }
            let addresses = Set(messages.map(\.message.address))
            let different = Set(messages.map(\.message)).count
            // Where one doorbell has a register for each interrupt, the address tells them apart.
            let shared = step.expected.allowsOneAddress ? addresses.count == 1 : true
            seen.check(
                shared && different == messages.count, step.record.subject,
                expected: "one address and \(messages.count) different data",
                observed: "\(addresses.count) addresses and \(different) different messages",
                basis: step.expected.messages[0].address.basis, lines: messages.flatMap(\.lines))
        }
        return seen
    }
}

extension StepExpectation {
    /// Whether the model gives all vectors of the step the same address.
    fileprivate var allowsOneAddress: Bool {
        Set(messages.map(\.address)).count == 1 && messages[0].address.exact != nil
    }
}
