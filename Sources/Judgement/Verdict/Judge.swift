// SPDX-License-Identifier: GPL-3.0-or-later

package import Evidence
package import ReferenceModel
import Vocabulary

/// Holds what was seen in a case against what had to be seen.
///
/// A finding decides; without one, damaged or missing evidence makes the case inconclusive; only a
/// case that was seen to hold agrees.
///
/// `memory` is `/proc/iomem` of the board, which names what a doorbell's map exposes.
package func judge(
    _ evidence: CaseEvidence, expectation: Expectation, board: BoardFacts,
    memory: [MemoryRegion]? = nil
) -> CaseJudgement {
    let judged = JudgedCase(
        evidence: evidence, expectation: expectation, board: board, memory: memory)
    let looked = InvariantCatalogue.all.map { $0.look(at: judged) }
    let results = looked.map(\.result)
    return CaseJudgement(
        verdict: verdict(of: results, judged), choice: expectation.choice,
        simulation: evidence.record.simulation, remarks: looked.flatMap(\.remarks),
        results: results, keyFacts: judged.sightings,
        proofs: judged.proofs, tests: ForeignTest.all(in: evidence),
        traffic: judged.traffic, measures: judged.statedMeasures)
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
    /// Says what became of it, and what must be shown whatever became of it.
    fileprivate func look(
        at judged: JudgedCase
    ) -> (result: InvariantResult, remarks: [Finding]) {
        if let reason = obstacle(in: judged) {
            return (InvariantResult(invariant: id, state: reason), [])
        }
        let seen = judge(judged)
        if needs.contains(.trace), judged.trace == nil {
            let state = InvariantResult.State.notObserved(reason: "no trace was kept")
            return (InvariantResult(invariant: id, state: state), [])
        }
        let state = seen.state(otherwise: "nothing in this case is a matter of it")
        return (InvariantResult(invariant: id, state: state), seen.remarks)
    }

    /// Why it cannot be looked at, or need not be.
    private func obstacle(in judged: JudgedCase) -> InvariantResult.State? {
        let generation = judged.expectation.generation
        guard generations.contains(generation) else {
            return .notApplicable(reason: "it says nothing of \(generation.rawValue) kernels")
        }
        if needs.contains(.observer), !judged.isObserved {
            return .notApplicable(reason: "nobody looked at the board from outside")
        }
        if judged.isMismatched {
            return .notObserved(reason: "the expectation is for other steps")
        }
        return judged.damage(to: needs).map {
            .notObserved(reason: "the evidence is damaged: \($0.account)")
        }
    }
}
