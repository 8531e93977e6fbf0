// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    /// What VFIO signals by itself on user space's order is not counted by the kernel: the count
    /// tells a message on the bus from a loop in software.
    static let raisesAreCounted = Invariant(
        id: .msi(65), name: "raises-are-counted",
        statement:
            "/proc/interrupts counts every raise of a device that arrives, and none that VFIO signals by itself.",
        generations: .all, needs: [.interrupts],
        reason: "handle_edge_irq counts, kernel/irq/chip.c; vfio_pci_set_msi_trigger does not, 6.1"
    ) { judged in
        var seen = Observations(.msi(65))
        for step in judged.steps {
            guard let ring = step.record.ringing, step.record.step.raises != nil else { continue }
            guard step.seen.interrupts != nil, judged.interrupts(before: step.position) != nil
            else {
                seen.cannotSee("/proc/interrupts was not read around \(step.record.subject)")
                continue
            }
            guard
                let (count, lines) = judged.increase(of: ring.vector, device: ring.device, at: step)
            else {
                seen.cannotSee("\(ring.device) \(ring.vector) is not in both readings")
                continue
            }
            let isSynthetic = step.record.step.isSynthetic
            let expected =
                isSynthetic ? 0 : step.expected.counted ?? ring.arrived + ring.spurious
            // That nothing was counted of what no device made can be broken, and holds nothing.
            if isSynthetic, count == 0 { continue }
            seen.check(
                count == expected, step.record.subject, expected: "\(expected) counted",
                observed: "\(count)", basis: isSynthetic ? Basis.law : Basis.exact,
                lines: lines)
        }
        for lane in judged.lanes { judged.compareCounts(of: lane, &seen) }
        return seen
    }
}

extension JudgedCase {
    /// Holds the kernel's count beside the eventfd's: two observers of the same interrupts.
    fileprivate func compareCounts(of lane: JudgedLane, _ observations: inout Observations) {
        // The lines of a process that was killed are gone, and nobody knows how many signals came
        // of an eventfd that overflowed, so that none can be told from those before an arming.
        guard lane.step.record.step.killed == nil, let seen = lane.seen,
            !(seen.overflowed && seen.sinceArmed != nil)
        else { return }
        guard let (count, lines) = count(of: lane, seen) else {
            return observations.cannotSee(
                "\(seen.device) \(seen.vector) is not in both readings of /proc/interrupts")
        }
        let arrivals = lane.expected.arrivals ?? 0...UInt64.max
        let signals = seen.sinceArmed ?? seen.signals
        let isRight = seen.overflowed ? arrivals.contains(count) : count == signals
        observations.check(
            isRight, lane.subject,
            expected: seen.overflowed ? "\(arrivals) counted" : "\(signals) counted, as signalled",
            observed: "\(count)", basis: lane.expected.basis, lines: lines + lane.lines)
    }

    private func count(
        of lane: JudgedLane, _ seen: LaneRecord
    ) -> (count: UInt64, lines: [RawLine])? {
        guard seen.sinceArmed != nil else {
            return increase(of: seen.vector, device: seen.device, at: lane.step)
        }
        // Arming anew makes a new interrupt, whose count begins at 0.
        return lane.step.seen.interrupts?.line(of: seen.vector, device: seen.device).map {
            ($0.total, [$0.line])
        }
    }
}
