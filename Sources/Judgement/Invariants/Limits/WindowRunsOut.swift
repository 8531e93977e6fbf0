// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let windowRunsOut = Invariant(
        id: .msi(54), name: "window-runs-out",
        statement:
            "A window of n pages holds n doorbells, one less before the allocator's fix; the next message is all ones.",
        generations: [.mixed, .userWindow], needs: [.trace, .messages],
        reason: "alloc_iova's limit is one too low, drivers/iommu/iova.c, 4.8; fixed in 4.10",
        coverage: .simulatedBoard
    ) { judged in
        var seen = Observations(.msi(54))
        for step in judged.armings {
            let full = step.expected.messages.filter { $0.address.allows(.allOnes) }
            guard !full.isEmpty else { continue }
            let messages = judged.messages.armed(by: step.position)
            let maps = judged.armingMaps(during: step.position)
            for expected in full {
                guard let message = messages.first(where: { $0.vector == expected.vector }) else {
                    seen.cannotSee("no message was read after \(step.record.subject)")
                    continue
                }
                let empty = message.message.address == .allOnes && maps.isEmpty
                let allowed = expected.address.allows(message.message.address)
                seen.check(
                    empty || allowed && message.message.address != .allOnes, message.subject,
                    expected: "address \(expected.address)",
                    observed: "address \(message.message.address) and \(maps.count) maps",
                    basis: expected.address.basis, lines: message.lines + maps.map(\.line))
            }
        }
        return seen
    }
}
