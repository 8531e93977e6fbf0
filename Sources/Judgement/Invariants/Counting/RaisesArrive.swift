// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let raisesArrive = Invariant(
        id: .msi(66), name: "raises-arrive",
        statement:
            "Each raise of a device that is awaited arrives on its eventfd exactly once, each of a burst by itself or merged into another, and none where the model says so.",
        generations: .all, needs: [.calls],
        reason: "vfio_msihandler, drivers/vfio/pci/vfio_pci_intrs.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(66))
        for step in judged.steps {
            guard let expected = step.expected.arrivals, let count = step.record.step.raises else {
                continue
            }
            guard let ring = step.record.ringing else {
                seen.cannotSee("\(step.record.subject) was not carried out")
                continue
            }
            let observed = "\(ring.arrived) of \(ring.raised), \(ring.spurious) spurious"
            let isRight = ring.raised == count && ring.arrived == expected && ring.spurious == 0
            // A signal that no device made can be missed; that it came holds nothing.
            if isRight, step.record.step.isSynthetic { continue }
            seen.check(
                isRight, step.record.subject, expected: "\(expected) of \(count), 0 spurious",
                observed: observed, lines: [step.record.line("raised and arrived: \(observed)")])
        }
        for lane in judged.lanes { lane.account(to: &seen) }
        return seen
    }
}

extension JudgedLane {
    /// Raised is arrived, merged where the model lets raises merge, or lost.
    fileprivate func account(to observations: inout Observations) {
        guard let seen else {
            return observations.cannotSee("\(step.record.subject) was not carried out")
        }
        guard let isSound = expected.allows(seen) else { return }
        observations.check(
            isSound, subject, expected: expected.account, observed: seen.account,
            basis: expected.basis, lines: lines)
    }
}

extension Step {
    /// How often it makes a device, or VFIO itself, raise a vector; nothing for other steps.
    var raises: UInt64? {
        switch self {
        case .ring(_, _, let count), .loopback(_, _, let count): UInt64(count)
        default: nil
        }
    }
}
