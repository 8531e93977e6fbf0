// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let physicalDoorbellFaults = Invariant(
        id: .msi(62), name: "physical-doorbell-faults",
        statement:
            "A device's write to the doorbell's physical address faults, or changes the user's memory that is mapped there, and never rings.",
        generations: .translated, needs: [.transfers],
        reason:
            "the SMMU translates every address of the device: an unmapped one ends with F_TRANSLATION, SMMUv3 7.3.13"
    ) { judged in
        var seen = Observations(.msi(62))
        for step in judged.steps {
            guard case .transfer(_, let transfer) = step.record.step,
                transfer.target == .physicalDoorbell, transfer.direction == .write
            else { continue }
            guard let got = step.record.transfer else {
                seen.cannotSee("no account of \(step.record.subject) was recorded")
                continue
            }
            let rung = got.signals.filter { $0.count > 0 }
            let lands = step.expected.faults?.exact == false
            let wrote = got.memory == got.value
            seen.check(
                rung.isEmpty && (!lands || wrote), step.record.subject,
                expected: "no signal\(lands ? ", and the value in memory" : "")",
                observed: "\(rung.count) signals\(lands && !wrote ? ", and another value" : "")",
                basis: Basis.law, lines: step.record.transferLines)
            judged.compareFault(of: step, &seen)
        }
        return seen
    }
}
