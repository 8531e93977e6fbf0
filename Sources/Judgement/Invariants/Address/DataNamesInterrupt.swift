// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let dataNamesInterrupt = Invariant(
        id: .msi(7), name: "data-names-interrupt",
        statement:
            "The data is an interrupt of the GICv2m frame, or the vector's number for an ITS.",
        generations: .all, needs: [.messages],
        reason: "gicv2m_compose_msi_msg, irq-gic-v2m.c; its_get_event_id, irq-gic-v3-its.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(7))
        for step in judged.armings {
            let messages = judged.messages.armed(by: step.position)
            for expected in step.expected.messages {
                guard let message = messages.first(where: { $0.vector == expected.vector }) else {
                    seen.cannotSee("no message of \(expected.device) \(expected.vector) was read")
                    continue
                }
                let data = message.message.data
                // What could not be mapped has no data, and is a matter of its own.
                guard message.message.address != .allOnes else { continue }
                seen.check(
                    expected.data.allows(data), message.subject,
                    expected: "data \(expected.data)",
                    observed: "data \(Hexadecimal.prefixed(UInt64(data)))", lines: message.lines)
            }
        }
        return seen
    }
}
