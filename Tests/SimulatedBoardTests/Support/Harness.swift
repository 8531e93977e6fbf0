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
            unsafeInterruptsAllowed: record.unsafeInterruptsAllowed)
        return Judgement.judge(seen, expectation: expectation, board: facts)
    }

    /// What is to be read when a list fails: findings, and the shortest list that has one of them.
    func failure(_ random: RandomCase) throws -> String? {
        let findings = try findings(random)
        guard let first = findings.first else { return nil }
        let isWild = record(random).steps.contains { $0.notDone != nil }
        let steps = try Shrinker.shrink(random.steps) { steps in
            // Steps that nobody can carry out are another story than the one that failed.
            try record(random, steps: steps).steps.allSatisfy { $0.notDone == nil || isWild }
                && self.findings(random, steps: steps).contains { $0.invariant == first.invariant }
        }
        let left = try self.findings(random, steps: steps)
        return "\(board.label), seed \(random.seed), devices "
            + random.devices.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            .joined(separator: ", ") + ":\n" + SuiteText.steps(steps)
            + left.prefix(3).map { "    \($0)\n" }.joined()
    }

    func findings(_ random: RandomCase, steps: [Step]? = nil) throws -> [Finding] {
        guard case .differs(let findings) = try judge(record(random, steps: steps)).verdict else {
            return []
        }
        return findings
    }
}

func preconditionFailureName<Subject>() -> Name<Subject> {
    preconditionFailure("a constant name is no name")
}
