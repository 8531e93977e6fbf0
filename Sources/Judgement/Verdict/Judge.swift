// SPDX-License-Identifier: GPL-3.0-or-later

package import Evidence
package import ReferenceModel
import Vocabulary

/// Holds what was seen in a case against what had to be seen.
///
/// A finding decides; without one, damaged or missing evidence makes the case inconclusive; only a
/// case that was seen to hold agrees.
package func judge(
    _ evidence: CaseEvidence, expectation: Expectation, board: BoardFacts
) -> CaseJudgement {
    let judged = JudgedCase(evidence: evidence, expectation: expectation, board: board)
    let results = InvariantCatalogue.all.map {
        InvariantResult(invariant: $0.id, state: $0.state(in: judged))
    }
    return CaseJudgement(
        verdict: verdict(of: results, judged), results: results, keyFacts: judged.sightings)
}

private func verdict(of results: [InvariantResult], _ judged: JudgedCase) -> Verdict {
    if let fault = judged.mismatch { return .inconclusive(fault) }
    let findings = results.flatMap { result in
        if case .broken(let findings) = result.state { findings } else { [Finding]() }
    }
    if !findings.isEmpty { return .differs(findings) }
    if let fault = judged.obstacle { return .inconclusive(fault) }
    let holds = results.contains { if case .held = $0.state { true } else { false } }
    return holds ? .agrees : .inconclusive(judged.nothingSeen)
}

extension Invariant {
    fileprivate func state(in judged: JudgedCase) -> InvariantResult.State {
        let generation = judged.expectation.generation
        guard generations.contains(generation) else {
            return .notApplicable(reason: "it says nothing of \(generation.rawValue) kernels")
        }
        if let damage = judged.damage(to: needs) {
            return .notObserved(reason: "the evidence is damaged: \(damage.account)")
        }
        let seen = judge(judged)
        if needs.contains(.trace), judged.events == nil {
            return .notObserved(reason: "no trace was kept")
        }
        return seen.state(otherwise: "nothing in this case is a matter of it")
    }
}
