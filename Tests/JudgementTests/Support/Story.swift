// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
import ReferenceModel
import Vocabulary

/// A recorded case, ready to be changed and judged.
struct Story {
    var record: CaseRecord
    var board: BoardFacts
    var expectation: Expectation

    init(_ recorded: RecordedBoard, _ name: String) throws {
        record = try recorded.record(name)
        board = try BoardFacts(try recorded.board(), groups: CaseEvidence(record).before.groups)
        expectation = try Self.predict(record, board)
    }

    static func predict(
        _ record: CaseRecord, _ board: BoardFacts, overrides: ModelOverrides = .none
    ) throws -> Expectation {
        try ReferenceModel(board: board, overrides: overrides).predict(
            steps: record.steps.map(\.step), devices: record.devices,
            unsafeInterruptsAllowed: record.unsafeInterruptsAllowed)
    }

    func judgement() -> CaseJudgement {
        judge(CaseEvidence(record), expectation: expectation, board: board)
    }
}
