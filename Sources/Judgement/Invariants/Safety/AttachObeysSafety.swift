// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let attachObeysSafety = Invariant(
        id: .msi(59), name: "attach-obeys-safety",
        statement:
            "Without allow_unsafe_interrupts a group attaches only where its MSIs are isolated, else EPERM.",
        generations: .all, needs: [.calls],
        reason:
            "msi_remap in vfio_iommu_type1_attach_group, 6.1; iommu_group_has_isolated_msi, 6.12"
    ) { judged in
        var seen = Observations(.msi(59))
        for step in judged.steps {
            guard case .attach = step.record.step, let denied = step.expected.isDenied else {
                continue
            }
            guard seen.wasDone(step) else { continue }
            let failure = step.record.firstFailure
            seen.check(
                (failure?.errno == .notPermitted) == denied, step.record.subject,
                expected: denied ? "EPERM" : "no EPERM", observed: "\(failure?.errno ?? .none)",
                lines: step.record.callLines)
        }
        return seen
    }
}

extension StepExpectation {
    /// Whether safety refuses it; nothing where no outcome is predicted.
    fileprivate var isDenied: Bool? {
        switch outcome {
        case .succeeds: false
        case .refused(_, let errno): errno == .notPermitted
        case .impossible, .notPredicted: nil
        }
    }
}
