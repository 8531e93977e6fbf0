// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let resetRestoresMessage = Invariant(
        id: .msi(46), name: "reset-restores-message",
        statement: "A reset through VFIO changes no map and leaves every armed vector its message.",
        generations: .all, needs: [.trace, .messages],
        reason: "pci_dev_save_and_disable and pci_dev_restore, drivers/pci/pci.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(46))
        for (step, device) in judged.resets {
            let events = judged.maps(during: step.position) + judged.unmaps(during: step.position)
            seen.check(
                events.isEmpty, step.record.subject, expected: "no map and no unmap",
                observed: "\(events.count) events", basis: Basis.law, lines: events.map(\.line))
            guard judged.history.moments[step.position].armed[device] != nil else { continue }
            judged.compareMessages(of: device, across: step, &seen)
        }
        return seen
    }
}

extension JudgedCase {
    /// Each reset through VFIO that succeeded, one for all of a plan.
    fileprivate var resets: [(step: JudgedStep, device: DeviceName)] {
        steps.filter(\.record.succeeded).flatMap { step in
            if case .reset(let device) = step.record.step { return [(step, device)] }
            let names = disturbed(by: step) {
                if case .reset(let device, _) = $0 { device } else { nil }
            }
            return names.map { (step, $0) }
        }
    }
}
