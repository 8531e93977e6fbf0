// SPDX-License-Identifier: GPL-3.0-or-later
import Evidence
import Judgement
import SimulatedBoard
import Vocabulary

/// Something that is said of a sound simulated board: a finding, or that its evidence is damaged.
struct Complaint: Sendable, CustomStringConvertible {
    /// What stays the same while a list is made shorter: the invariant's name, or the fault's kind.
    let kind: String
    let description: String

    /// What a judgement complains of.
    ///
    /// That a list has nothing to judge, or a step that could not be carried out, is no complaint:
    /// random lists are wild.
    static func all(in judgement: CaseJudgement) -> [Complaint] {
        switch judgement.verdict {
        case .agrees: []
        case .differs(let findings):
            findings.map { Complaint(kind: "\($0.invariant)", description: "\($0)") }
        case .inconclusive(let fault):
            fault.kind == .suite || fault.account.cause.contains("was not carried out")
                ? [] : [Complaint(kind: "\(fault.kind)", description: "\(fault.account)")]
        }
    }
}

extension Harness {
    /// Plays a list; nothing where all is well, else what is to be read: the shortest list that
    /// leads to the same complaint, in the words of a suite.
    func disagreement(_ random: RandomCase) throws -> String? {
        let record = record(random)
        guard let first = try Complaint.all(in: judge(record)).first else { return nil }
        let isWild = record.steps.contains { $0.notDone != nil }
        let steps = try Shrinker.shrink(random.steps) { steps in
            let shorter = self.record(random, steps: steps)
            // Steps that nobody can carry out are another story than the one that failed.
            guard isWild || shorter.steps.allSatisfy({ $0.notDone == nil }) else { return false }
            return try Complaint.all(in: judge(shorter)).contains { $0.kind == first.kind }
        }
        let left = try Complaint.all(in: judge(self.record(random, steps: steps)))
        return script(random, steps, left)
    }

    private func script(_ random: RandomCase, _ steps: [Step], _ left: [Complaint]) -> String {
        let devices = random.devices.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        let unsafe = random.unsafeInterruptsAllowed ? "" : ", unsafe interrupts not allowed"
        return "\(board.label), seed \(random.seed), devices "
            + devices.joined(separator: ", ") + unsafe + ":\n" + SuiteText.steps(steps)
            + left.prefix(3).map { "    \($0)\n" }.joined()
    }
}
