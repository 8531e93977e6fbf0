// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let outcomeAsPredicted = Invariant(
        id: .call(1), name: "outcome-as-predicted",
        statement: "Each step's first failing call, and its errno, are those that the model names.",
        generations: .all, needs: [.calls],
        reason: "the order of checks in drivers/vfio/vfio_iommu_type1.c, 6.1"
    ) { judged in
        var seen = Observations(.call(1))
        for step in judged.steps {
            if let reason = step.record.notDone {
                if step.expected.outcome.canBeCarriedOut {
                    seen.cannotSee("\(step.record.subject) was not carried out: \(reason)")
                }
                continue
            }
            judgeStorm(of: step, &seen)
            guard let matches = step.expected.outcome.matches(step.record.firstFailure) else {
                continue
            }
            let failure = step.record.firstFailure.map { "\($0.errno) from \($0.name)" }
            seen.check(
                matches, step.record.subject, expected: "\(step.expected.outcome)",
                observed: failure ?? "success", lines: step.record.callLines)
        }
        return seen
    }
}

/// Each map of a storm ends as one alone would, and is unmapped whole.
private func judgeStorm(of step: JudgedStep, _ seen: inout Observations) {
    guard let expected = step.expected.traffic?.storm, let storm = step.record.traffic?.storm,
        let wanted = expected.stormAccount(storm.rounds)
    else { return }
    let observed = "\(storm.maps) mapped, \(storm.unmaps) unmapped, \(storm.errno)"
    seen.check(
        observed == wanted, "\(storm.rounds) maps of \(step.record.subject)", expected: wanted,
        observed: observed, lines: [step.record.line("storm: \(observed)")])
}

extension Outcome {
    /// What so many maps that end like this come to; nothing where nothing is predicted.
    fileprivate func stormAccount(_ rounds: UInt64) -> String? {
        switch self {
        case .succeeds: "\(rounds) mapped, \(rounds) unmapped, \(KernelErrno.none)"
        case .refused(_, let errno): "0 mapped, 0 unmapped, \(errno)"
        case .impossible, .notPredicted: nil
        }
    }

    /// Whether a step's first failure, if it had one, is as predicted; nothing where none is.
    func matches(_ failure: CallRecord?) -> Bool? {
        switch self {
        case .succeeds: failure == nil
        case .refused(let calls, let errno):
            failure.map { calls.contains($0.name) && $0.errno == errno } ?? false
        case .impossible, .notPredicted: nil
        }
    }

    var canBeCarriedOut: Bool {
        switch self {
        case .succeeds, .refused: true
        case .impossible, .notPredicted: false
        }
    }
}
