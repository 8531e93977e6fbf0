// SPDX-License-Identifier: GPL-3.0-or-later

package import Evidence
package import ReferenceModel

extension TranslationStage {
    /// `ARM_SMMU_FEAT_TRANS_S1` and `_S2` (arm-smmu-v3.h, 6.1 and 6.12).
    private static let features = (one: UInt64(1) << 9, two: UInt64(1) << 10)

    /// The stage that drivers take for VFIO: the first where the hardware has it
    /// (`arm_smmu_domain_finalise`, arm-smmu-v3.c; `arm_smmu_init_domain_context`, arm-smmu.c; 6.1).
    ///
    /// Nothing where the log does not tell, or where the SMMUs of a board differ.
    package init?(announcedIn facts: [LogFact]) {
        var stages: [String: Set<TranslationStage>] = [:]
        for fact in facts {
            switch fact {
            case .smmu(let name, _, _, let features?):
                if features & Self.features.one != 0 { stages[name, default: []].insert(.one) }
                if features & Self.features.two != 0 { stages[name, default: []].insert(.two) }
            case .stage(let name, let stage):
                if let stage = Int(exactly: stage).flatMap(TranslationStage.init) {
                    stages[name, default: []].insert(stage)
                }
            default: continue
            }
        }
        let chosen = Set(stages.values.map { $0.contains(.one) ? TranslationStage.one : .two })
        guard chosen.count == 1, let stage = chosen.first else { return nil }
        self = stage
    }
}
