// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let failureLeavesVectors = Invariant(
        id: .msi(51), name: "failure-leaves-vectors",
        statement: "After a request for too many vectors a smaller one succeeds.",
        generations: .all, needs: [.calls],
        reason:
            "vfio_msi_enable frees what it could not use, drivers/vfio/pci/vfio_pci_intrs.c, 6.12"
    ) { judged in
        var seen = Observations(.msi(51))
        var failed: [DeviceName: (step: JudgedStep, vectors: UInt32)] = [:]
        for step in judged.steps {
            guard case .arm(let device, let kind, let vectors) = step.record.step, kind != .intx,
                step.record.notDone == nil
            else { continue }
            guard let before = failed[device], vectors < before.vectors else {
                if !step.record.hasArmed { failed[device] = (step, vectors) }
                continue
            }
            failed[device] = step.record.hasArmed ? nil : (step, vectors)
            guard step.expected.outcome == .succeeds else { continue }
            seen.check(
                step.record.hasArmed, step.record.subject,
                expected: "success after \(before.step.record.subject) failed",
                observed: "\(step.record.firstFailure?.errno ?? .none)",
                lines: before.step.record.callLines + step.record.callLines)
        }
        for (_, entry) in failed where seen.held == 0 && seen.findings.isEmpty {
            seen.cannotSee("no smaller request followed \(entry.step.record.subject)")
        }
        return seen
    }
}
