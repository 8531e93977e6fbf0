// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
import Vocabulary

/// The plain text inside of a JUnit report.
enum JUnitOutput {
    /// Tells where the doorbells were seen and what became of each invariant that applies.
    static func text(of found: CaseReport) -> String {
        let sightings = found.judgement.keyFacts.map { sighting in
            "\(sighting.device) \(sighting.vector): doorbell IOVA "
                + "\(sighting.iova?.description ?? "not seen"), physical page "
                + "\(sighting.page?.description ?? "not seen"), message "
                + "\(sighting.message?.description ?? "not seen")"
        }
        let simulation = found.judgement.simulation.map {
            ["simulated: \($0): says nothing of a kernel"]
        }
        let remarks = found.judgement.remarks.flatMap { remark in
            ["\(remark.kind.rawValue): \(remark.description)"]
                + remark.lines.map { "    \($0.description)" }
        }
        let proofs = found.judgement.proofs.map {
            "\($0.weight.rawValue): step \($0.step): \($0.sentence)"
        }
        return
            ((simulation ?? []) + remarks + proofs + sightings
            + found.judgement.results.compactMap(line))
            .map { safe($0) + "\n" }
            .joined()
    }

    /// Tells a finding and the lines that it rests on.
    static func text(of finding: Finding) -> String {
        let lines = finding.lines.map { "    " + safe($0.description) }
        return ([safe(finding.description)] + lines).joined(separator: "\n")
    }

    private static func line(_ result: InvariantResult) -> String? {
        switch result.state {
        case .held(let observations): "\(result.invariant) held, seen \(observations) times"
        case .broken(let findings): "\(result.invariant) broken, \(findings.count) findings"
        case .notObserved(let reason): "\(result.invariant) not observed: \(reason)"
        case .notApplicable: nil
        }
    }
}
