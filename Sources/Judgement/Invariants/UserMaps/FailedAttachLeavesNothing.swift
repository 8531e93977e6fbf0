// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let failedAttachLeavesNothing = Invariant(
        id: .msi(30), name: "failed-attach-leaves-nothing",
        statement:
            "A group whose reserved region meets a user's map is refused, and the container stays as it was.",
        generations: .guardedWindow, needs: [.calls, .trace],
        reason:
            "vfio_iommu_resv_conflict, vfio_iommu_type1.c, 6.1; iopt_table_enforce_dev_resv_regions, io_pagetable.c, 6.12"
    ) { judged in
        var seen = Observations(.msi(30))
        for step in judged.steps where step.record.isAttach {
            guard case .refused(_, let errno) = step.expected.outcome,
                errno == .invalid || errno == .addressInUse, seen.wasDone(step)
            else { continue }
            let left = judged.netMaps(during: step.position)
            let after = judged.nextMap(of: step)
            let works = after.map { $0.expected.outcome.matches($0.record.firstFailure) != false }
            let got = step.record.firstFailure?.errno ?? .none
            seen.check(
                got == errno && left.isEmpty && works != false, step.record.subject,
                expected: "\(errno), and a container as before",
                observed: "\(got), \(left.count) maps left"
                    + (works == false ? ", and the next map fails" : ""),
                lines: step.record.callLines + (after?.record.callLines ?? []))
        }
        return seen
    }
}

extension JudgedCase {
    /// The first map into the same container behind a step, if no attach stands between.
    fileprivate func nextMap(of step: JudgedStep) -> JudgedStep? {
        let container = step.record.step.container
        let next = steps[(step.position + 1)...].prefix(64).first {
            $0.record.step.container == container
        }
        guard let next, case .map = next.record.step else { return nil }
        return next
    }
}
