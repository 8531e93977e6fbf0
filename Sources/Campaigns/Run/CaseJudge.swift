// SPDX-License-Identifier: GPL-3.0-or-later

package import Evidence
package import Judgement
package import ReferenceModel

/// Judges the record of a case: what the model expects of this board beside what was seen.
package struct CaseJudge: Sendable {
    private let board: BoardEvidence
    private let overrides: ModelOverrides

    package init(board: BoardEvidence, overrides: ModelOverrides) {
        self.board = board
        self.overrides = overrides
    }

    /// Judges a case; its raw texts must be in the record.
    /// - Throws: `ModelError` when the board's facts do not suffice for an expectation.
    package func judge(_ record: CaseRecord) throws(ModelError) -> CaseJudgement {
        let evidence = CaseEvidence(record)
        let facts = try BoardFacts(board, groups: evidence.before.groups)
        let model = try ReferenceModel(board: facts, overrides: overrides)
        let expectation = model.predict(
            steps: record.steps.map(\.step), devices: record.devices,
            unsafeInterruptsAllowed: record.unsafeInterruptsAllowed)
        return Judgement.judge(evidence, expectation: expectation, board: facts)
    }
}
