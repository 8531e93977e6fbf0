// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
import ReferenceModel
import Testing

@Suite struct TranslationStageTests {
    @Test(
        "The first stage is taken where the log announces it, by features or by name",
        arguments: [
            (["arm-smmu-v3 9050000.smmuv3: ias 44-bit, oas 44-bit (features 0x00008305)"], 1),
            (["arm-smmu-v3 a.smmuv3: ias 44-bit, oas 44-bit (features 0x00000405)"], 2),
            (["arm-smmu-v3 a.smmuv3: ias 44-bit, oas 44-bit (features 0x00000605)"], 1),
            (["arm-smmu e0600000.smmu: \tstage 2 translation"], 2),
            (
                [
                    "arm-smmu b.smmu: \tstage 1 translation",
                    "arm-smmu b.smmu: \tstage 2 translation",
                ], 1
            ),
            (
                [
                    "arm-smmu b.smmu: \tstage 1 translation",
                    "arm-smmu c.smmu: \tstage 2 translation",
                ], 0
            ),
            (["arm-smmu-v3 a.smmuv3: ias 44-bit, oas 44-bit"], 0),
            (["arm-smmu b.smmu: \tstage 3 translation"], 0),
            ([], 0),
        ] as [([String], Int)])
    func announced(_ log: [String], _ stage: Int) {
        let facts = log.compactMap { LogFact($0) }
        #expect(TranslationStage(announcedIn: facts) == TranslationStage(rawValue: stage))
    }
}
