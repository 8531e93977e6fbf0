// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let sleepChangesNothing = Invariant(
        id: .msi(50), name: "sleep-changes-nothing",
        statement: "A board that sleeps and wakes leaves every armed vector its message.",
        generations: .all, needs: [.messages, .log],
        reason:
            "pci_restore_msi_state, drivers/pci/msi/msi.c; PM: suspend exit, kernel/power/suspend.c, 6.1",
        coverage: .realBoards
    ) { judged in
        var seen = Observations(.msi(50))
        let slept = judged.steps.filter { step in
            step.seen.log?.contains { $0.message.hasPrefix("PM: suspend exit") } ?? false
        }
        if slept.isEmpty, !judged.armings.isEmpty {
            seen.cannotSee("no step's log says 'PM: suspend exit': the board never slept")
        }
        for step in slept {
            let armed = judged.history.moments[step.position].armed.keys.sorted()
            for device in armed { judged.compareMessages(of: device, across: step, &seen) }
        }
        return seen
    }
}
