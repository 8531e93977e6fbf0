// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

/// One vector of a traffic step: what had to come of it, and what was seen.
struct JudgedLane {
    let step: JudgedStep
    let expected: LaneExpectation
    /// Nothing where the step was not carried out.
    let seen: LaneRecord?

    /// What findings call it: `0000:00:02.0 vector 1, step 4: traffic × 100 of a`.
    var subject: String { "\(expected.device) \(expected.vector), \(step.record.subject)" }

    /// The account as a line of evidence.
    var lines: [RawLine] { seen.map { [step.record.line($0.account)] } ?? [] }
}

extension JudgedCase {
    /// Every vector of every plan of traffic.
    var lanes: [JudgedLane] {
        steps.flatMap { step in
            (step.expected.traffic?.lanes ?? []).map { expected in
                let seen = step.record.traffic?.lanes.first {
                    $0.device == expected.device && $0.vector == expected.vector
                }
                return JudgedLane(step: step, expected: expected, seen: seen)
            }
        }
    }

    /// The devices to which something was done again and again in a step of traffic.
    func disturbed(
        by step: JudgedStep, _ device: (Disturbance) -> DeviceName?
    ) -> [DeviceName] {
        guard case .traffic(let plan) = step.record.step, step.record.traffic != nil,
            plan.killed == nil
        else { return [] }
        return plan.meanwhile.compactMap(device)
    }
}

extension LaneRecord {
    /// The account in a line.
    var account: String {
        overflowed
            ? "\(raised) raised, and the eventfd overflowed"
            : "\(raised) raised: \(arrived) arrived, \(merged) merged, \(lost) lost; "
                + "\(spurious) spurious, \(premature) under the mask"
    }

    /// Whether every raise is somewhere in the account.
    var isWhole: Bool { raised == arrived &+ merged &+ lost }
}

extension LaneExpectation {
    /// What a sound account says, in a line.
    var account: String {
        guard let arrivals, overflow != .always else {
            return "\(raised) raised, and the eventfd overflowed"
        }
        let range =
            arrivals.lowerBound == arrivals.upperBound
            ? "\(arrivals.lowerBound)" : "\(arrivals.lowerBound) to \(arrivals.upperBound)"
        let lost =
            arrivals.upperBound == 0
            ? "\(raised) lost" : mayLose > 0 ? "≤ \(mayLose) lost" : "0 lost"
        return "\(raised) raised: \(range) arrived, the rest \(mayMerge ? "merged" : "lost"), "
            + "\(lost); 0 spurious, 0 under the mask"
            + (overflow == .possible ? ", or the eventfd overflowed" : "")
    }

    /// Whether an account of its raises is sound; nothing where nobody can say.
    func allows(_ seen: LaneRecord) -> Bool? {
        guard let arrivals else { return nil }
        guard seen.raised == raised else { return false }
        if seen.overflowed { return overflow != .never }
        guard overflow != .always else { return false }
        let mostLost = arrivals.upperBound == 0 ? raised : mayLose
        return seen.isWhole && arrivals.contains(seen.arrived) && seen.lost <= mostLost
            && (mayMerge || seen.merged == 0) && seen.spurious == 0
    }
}
