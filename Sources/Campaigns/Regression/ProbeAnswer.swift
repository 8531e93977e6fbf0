// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
package import ResultArchive
package import Vocabulary

/// What the boot of one kernel says of a symptom.
package enum ProbeAnswer: Sendable, Hashable {
    /// Everything was judged, and the symptom was not there; a number may say how far it was from it.
    case good(SymptomEvidence?)
    case bad(SymptomEvidence)
    /// Nothing can be said of this kernel, whatever board boots it.
    case cannotTell(Why, String)
    /// Bench or harness kept it from being judged: it may be tried again, and never decides.
    case bench(Fault)
    /// What was asked is impossible for every kernel.
    case misuse(Fault)

    /// What stands in the way.
    package enum Why: Sendable, Hashable {
        case notBuilt, notBooted, notJudged, otherSymptom
    }
}

extension Symptom {
    /// Looks for the symptom in what was seen.
    ///
    /// A symptom that was seen is certain, whatever else went wrong. That it is *not* there can only be
    /// said where everything was judged, and nothing else failed that might hide it. A number that was
    /// measured is there whatever else the kernel did wrong meanwhile.
    package func answer(_ sighting: ProbeSighting) -> ProbeAnswer {
        if let evidence = evidence(in: sighting) { return .bad(evidence) }
        if sighting.wasInterrupted { return .bench(Self.interrupted) }
        let faults = sighting.faults
        if let one = faults.first(where: { [.bench, .harness].contains($0.fault.kind) }) {
            return .bench(one.fault)
        }
        if let one = faults.first { return Self.answer(one) }
        if !isMeasured, let other = sighting.findings.first?.finding {
            return .cannotTell(
                .otherSymptom,
                "it fails otherwise: \(other.invariant) of \(other.subject): expected "
                    + "\(other.expected), observed \(other.observed)")
        }
        guard sighting.judged > 0 else { return .misuse(Self.nothingJudged) }
        if let gap = gap(in: sighting) { return .cannotTell(.notJudged, gap) }
        return .good(measured(in: sighting).map { SymptomEvidence(measured: $0) })
    }

    private var isMeasured: Bool { if case .measure = self { true } else { false } }

    /// What was looked for and not looked at.
    private func gap(in sighting: ProbeSighting) -> String? {
        if case .measure(let threshold) = self { return threshold.gap(in: sighting.measured) }
        let unseen = unseen(in: sighting).map(\.text).joined(separator: ", ")
        return unseen.isEmpty ? nil : "\(unseen): not observed in any case"
    }

    private func measured(in sighting: ProbeSighting) -> MeasuredSymptom? {
        guard case .measure(let threshold) = self else { return nil }
        return threshold.worst(in: sighting.measured)
    }

    private func evidence(in sighting: ProbeSighting) -> SymptomEvidence? {
        if let worst = measured(in: sighting), worst.threshold.isPassed(by: worst.value) {
            return SymptomEvidence(measured: worst)
        }
        let findings = sighting.findings.filter { shows($0) }.map(\.finding)
        let troubles = sighting.troubles.filter { shows($0) }
        guard findings.isEmpty, troubles.isEmpty else {
            return SymptomEvidence(findings: findings, troubles: troubles)
        }
        return nil
    }

    private func shows(_ found: ProbeSighting.ShapedFinding) -> Bool {
        switch self {
        case .anyFinding: true
        case .invariants(let all): all.contains(found.finding.invariant)
        case .shapes(let shapes): shapes.contains(found.shape)
        case .trouble, .measure: false
        }
    }

    private func shows(_ trouble: KernelTrouble) -> Bool {
        guard case .trouble(let words) = self else { return false }
        return trouble.title.lowercased().contains(words.lowercased())
    }

    /// The invariants that are looked for and were seen neither to hold nor to be broken.
    private func unseen(in sighting: ProbeSighting) -> [InvariantID] {
        let wanted: [InvariantID] =
            switch self {
            case .anyFinding, .trouble, .measure: []
            case .invariants(let all): all
            case .shapes(let shapes): shapes.map(\.invariant)
            }
        // One of several that was seen to hold is an answer.
        return wanted.contains(where: sighting.held.contains) ? [] : wanted
    }

    private static func answer(_ obstacle: ProbeSighting.Obstacle) -> ProbeAnswer {
        let sentence = obstacle.fault.description
        switch (obstacle.stage, obstacle.fault.kind) {
        case (.making, _): return .cannotTell(.notBuilt, sentence)
        case (.booting, .kernel): return .cannotTell(.notBooted, sentence)
        case (.booting, _): return .misuse(obstacle.fault)
        case (.running, .kernel): return .cannotTell(.otherSymptom, sentence)
        case (.running, _): return .cannotTell(.notJudged, sentence)
        }
    }

    private static let interrupted = Fault(
        kind: .bench,
        account: Account(subject: "the run", action: "be judged", cause: "it was interrupted"))

    private static let nothingJudged = Fault(
        kind: .suite,
        account: Account(
            subject: "the run", action: "say anything of the kernel", cause: "no case was judged"))
}
