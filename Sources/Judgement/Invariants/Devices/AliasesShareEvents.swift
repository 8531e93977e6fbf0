// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let aliasesShareEvents = Invariant(
        id: .msi(40), name: "aliases-share-events",
        statement:
            "Devices that the ITS cannot tell apart have different events, as they share one ITS device.",
        generations: .all, needs: [.messages],
        reason: "its_pci_msi_prepare counts aliases, drivers/irqchip/irq-gic-v3-its-pci-msi.c, 6.1",
        coverage: .simulatedBoard
    ) { judged in
        var seen = Observations(.msi(40))
        for step in judged.steps {
            guard let name = step.armedDevice, step.isArming, let device = judged.address(of: name)
            else { continue }
            let others = judged.board.sharers(of: device)
            let armed = judged.history.moments[step.position].armed.keys.filter {
                judged.address(of: $0).map(others.contains) ?? false
            }
            guard !armed.isEmpty else { continue }
            // What could not be mapped names no event, and is a matter of its own.
            let own = judged.messages.armed(by: step.position).filter { !$0.isAllOnes }
            let theirs = armed.flatMap { judged.messages.last(of: $0, before: step.position + 1) }
            guard !own.isEmpty, !theirs.isEmpty else {
                seen.cannotSee("no message was read of all that share a DevID with \(device)")
                continue
            }
            let common = Set(own.map(\.message.data)).intersection(theirs.map(\.message.data))
            seen.check(
                common.isEmpty, step.record.subject,
                expected: "events that none of \(armed.sorted()) has",
                observed: "events \(common.sorted()) twice", basis: Basis.law,
                lines: (own + theirs).filter { common.contains($0.message.data) }.flatMap(\.lines))
        }
        return seen
    }
}
