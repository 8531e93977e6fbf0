// SPDX-License-Identifier: GPL-3.0-or-later
import Evidence
import Judgement
import SimulatedBoard
import Testing
import Vocabulary

@Suite struct UndoneStepTests {
    @Test func `what was not done to a board is not expected of it`() throws {
        let harness = Harness(SimulatedBoard(.plainFrame, .fixedWindowWithRanges))
        let played = Played(
            .plainFrame, .fixedWindowWithRanges,
            [Do.open, Do.attach("a"), Do.arm("a"), Do.mask("a", true), Do.ring("a")])
        #expect(played.record.steps[3].notDone != nil && played.record.undone == [3])
        #expect(played.record.steps[4].ringing?.arrived == 3)
        guard case .inconclusive = try harness.judge(played.record).verdict else {
            Issue.record("the kernel is accused of what the bench did not do")
            return
        }
    }
}
