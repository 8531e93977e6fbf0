// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let parameterActsLater = Invariant(
        id: .msi(60), name: "parameter-acts-later",
        statement:
            "A change of allow_unsafe_interrupts decides later attaches and nothing that is attached.",
        generations: .all, needs: [.calls],
        reason: "allow_unsafe_interrupts is read in vfio_iommu_type1_attach_group alone, 6.1"
    ) { judged in
        var seen = Observations(.msi(60))
        var older: Set<DeviceName>?
        for (position, step) in judged.steps.enumerated() {
            if case .allowUnsafeInterrupts = step.record.step {
                if position > 0 { older = Set(judged.history.moments[position - 1].places.keys) }
                continue
            }
            guard let attached = older, step.isMatterOfParameter(attached) else { continue }
            guard let matches = step.expected.outcome.matches(step.record.firstFailure),
                seen.wasDone(step)
            else { continue }
            seen.check(
                matches, step.record.subject, expected: "\(step.expected.outcome)",
                observed: "\(step.record.firstFailure?.errno ?? .none)",
                lines: step.record.callLines)
        }
        return seen
    }
}

extension JudgedStep {
    /// Whether it attaches, or uses a device that was attached before the change.
    fileprivate func isMatterOfParameter(_ attached: Set<DeviceName>) -> Bool {
        if case .attach = record.step { return true }
        guard let device = record.step.device, attached.contains(device) else { return false }
        switch record.step {
        case .arm, .ring, .disarm: return true
        default: return false
        }
    }
}
