// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let stageTwoLooksTheSame = Invariant(
        id: .msi(56), name: "stage-two-looks-the-same",
        statement: "An SMMU that has stage 2 alone shows the same messages as one with stage 1.",
        generations: .translated, needs: [.messages],
        reason:
            "iommu_map is the same for both; arm_smmu_init_domain_context chooses the stage, arm-smmu.c, 6.12",
        coverage: .simulatedBoard
    ) { judged in
        var seen = Observations(.msi(56))
        guard let stage = judged.expectation.stage else {
            if !judged.armings.isEmpty {
                seen.cannotSee("which stage of the SMMU translates is not known")
            }
            return seen
        }
        guard stage == .two else { return seen }
        judged.noteUnreadMessages(&seen)
        for message in judged.messages.all {
            guard let expected = message.expected else { continue }
            seen.check(
                expected.address.allows(message.message.address), message.subject,
                expected: "address \(expected.address)",
                observed: "address \(message.message.address)",
                basis: expected.address.basis, lines: message.lines)
        }
        return seen
    }
}
