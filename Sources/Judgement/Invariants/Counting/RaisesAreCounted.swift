// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    /// What VFIO signals by itself on user space's order is not counted by the kernel: the count
    /// tells a message on the bus from a loop in software.
    static let raisesAreCounted = Invariant(
        id: .msi(65), name: "raises-are-counted",
        statement: "/proc/interrupts counts every raise of a device.",
        generations: .all, needs: [.interrupts],
        reason: "handle_edge_irq counts, kernel/irq/chip.c; vfio_pci_set_msi_trigger does not, 6.1"
    ) { judged in
        var seen = Observations(.msi(65))
        for step in judged.steps {
            guard let ring = step.record.ringing else { continue }
            guard let after = step.seen.interrupts,
                let before = judged.interrupts(before: step.position)
            else {
                seen.cannotSee("/proc/interrupts was not read around \(step.record.subject)")
                continue
            }
            guard
                let count = after.increase(of: ring.vector, device: ring.device, since: before)
            else {
                seen.cannotSee("\(ring.device) \(ring.vector) is not in both readings")
                continue
            }
            let lines = [before, after].compactMap {
                $0.line(of: ring.vector, device: ring.device)?.line
            }
            seen.check(
                count == ring.raised, step.record.subject, expected: "\(ring.raised) counted",
                observed: "\(count)", lines: lines)
        }
        return seen
    }
}

extension JudgedCase {
    /// The last reading of `/proc/interrupts` before a step.
    fileprivate func interrupts(before step: Int) -> InterruptTable? {
        steps[..<step].last { $0.seen.interrupts != nil }?.seen.interrupts
            ?? evidence.before.interrupts
    }
}
