// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Foundation
import Judgement
import ReferenceModel
import Testing
import Vocabulary

/// What real kernels did, judged.
@Suite struct RecordedCaseTests {
    @Test(arguments: RecordedBoard.allCases)
    func theSmokeCaseAgrees(_ recorded: RecordedBoard) throws {
        let story = try Story(recorded, "smoke")
        let judgement = story.judgement()
        #expect(judgement.verdict == .agrees)
    }

    @Test(arguments: RecordedBoard.allCases)
    func aGroupWithoutIsolatedInterruptsIsRefused(_ recorded: RecordedBoard) throws {
        let story = try Story(recorded, "deny")
        #expect(
            story.expectation.steps[1].outcome
                == (recorded.isITS
                    ? .succeeds
                    : .refused(calls: ["VFIO_SET_IOMMU"], errno: .notPermitted)))
        #expect(story.judgement().verdict == .agrees)
    }
}
