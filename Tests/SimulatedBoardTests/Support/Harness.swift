// SPDX-License-Identifier: GPL-3.0-or-later
import Evidence
import Judgement
import ReferenceModel
import SimulatedBoard
import Vocabulary

/// Lets a simulated board carry out a case, and the model judge what it shows.
struct Harness {
    let board: SimulatedBoard
    let evidence: BoardEvidence

    init(_ board: SimulatedBoard) {
        self.board = board
        evidence = BoardEvidence(texts: board.texts)
    }

    static let suite = SuiteName("random") ?? preconditionFailureName()
    static let name = CaseName("case") ?? preconditionFailureName()

    func record(_ random: RandomCase, steps: [Step]? = nil) -> CaseRecord {
        board.run(
            random.suiteCase(Self.name, steps: steps), suite: Self.suite, devices: random.devices,
            seed: random.seed)
    }

    /// Judges a record as it is judged when it comes from an archive.
    func judge(_ record: CaseRecord) throws -> CaseJudgement {
        let seen = CaseEvidence(record)
        let facts = try BoardFacts(evidence, groups: seen.before.groups)
        let overrides = ModelOverrides(generation: Generation(rawValue: board.generation.rawValue))
        let model = try ReferenceModel(board: facts, overrides: overrides)
        let expectation = model.predict(
            steps: record.steps.map(\.step), devices: record.devices,
            unsafeInterruptsAllowed: record.unsafeInterruptsAllowed, undone: record.undone)
        return Judgement.judge(seen, expectation: expectation, board: facts)
    }
}

func preconditionFailureName<Subject>() -> Name<Subject> {
    preconditionFailure("a constant name is no name")
}
