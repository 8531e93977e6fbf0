// SPDX-License-Identifier: GPL-3.0-or-later

package import Bisection
package import Vocabulary

/// A bisection as reports tell it; its JSON is this.
package struct BisectionStory: Sendable, Encodable {
    package let name: String
    package let kind: BisectionPlan.Kind
    package let began: UTCInstant
    package let words: [String]
    package let symptom: String
    package let boards: [BoardName]
    package let notes: [String]
    /// How many revisions there are, ends included.
    package let revisions: Int
    package let good: PlannedRevision
    package let bad: PlannedRevision
    package let result: Result
    /// The culprit, or those of which one is it.
    package let candidates: [PlannedRevision]
    /// From 0 to 1; nothing before the end.
    package let confidence: Double?
    /// What it ended with, where that is no revision: one sentence.
    package let sentence: String?
    package let lastGood: BisectionBoot?
    package let firstBad: BisectionBoot?
    /// What repeats the first bad one in one run.
    package let reproduction: String?
    package let remainingCandidates: Int
    package let remainingBoots: Int
    /// From 0 to 1: how often the symptom is believed to show; nothing where boots are believed.
    package let shows: Double?
    package let boots: [BisectionBoot]
    /// Where in the history each revision that was booted stands, from 0.
    package let places: [Revision: Int]
    /// What the bench failed at, in sentences.
    package let faults: [String]

    /// How far it is.
    package enum Result: String, Sendable, Encodable, CaseIterable {
        case culprit, undecided, contradicted, wrongEnd, stopped, open
    }
}

/// A boot of a bisection, told.
package struct BisectionBoot: Sendable, Encodable {
    package let revision: PlannedRevision
    package let verdict: Verdict
    /// Why nothing can be said.
    package let reason: String?
    package let board: BoardName?
    package let kernel: KernelRecord?
    package let run: String?
    package let evidence: SymptomEvidence?
    package let makeMilliseconds: Int64
    package let bootMilliseconds: Int64

    /// What a boot came to.
    package enum Verdict: String, Sendable, Encodable {
        case good, bad, skipped
    }

    init?(_ probe: BisectionProbe, of plan: BisectionPlan) {
        switch probe.record.observation {
        case .good: (verdict, reason) = (.good, nil)
        case .bad: (verdict, reason) = (.bad, nil)
        case .skipped(let why): (verdict, reason) = (.skipped, why.words)
        case .binary: return nil
        }
        let name = probe.record.revision
        revision = plan.planned(name) ?? PlannedRevision(name, title: "")
        board = probe.board
        kernel = probe.kernel
        run = probe.run
        evidence = probe.evidence
        makeMilliseconds = probe.makeMilliseconds
        bootMilliseconds = probe.bootMilliseconds
    }
}

extension BisectionStory {
    /// Tells what a journal holds; the search has all of its records.
    package init(
        _ folder: BisectionFolder, _ plan: BisectionPlan, _ entries: [BisectionEntry],
        _ search: Search, reproduction: String?
    ) {
        name = folder.name
        (kind, began, words) = (plan.kind, plan.began, plan.words)
        (symptom, notes) = (plan.symptom, plan.notes)
        boards = (try? folder.boards(plan))?.map(\.board) ?? plan.boards
        revisions = plan.revisions.count
        func planned(_ revision: Revision) -> PlannedRevision {
            plan.planned(revision) ?? PlannedRevision(revision, title: "")
        }
        (good, bad) = (planned(search.history.good), planned(search.history.bad))
        let boots = entries.compactMap { entry in
            if case .probed(let probe) = entry.event { BisectionBoot(probe, of: plan) } else { nil }
        }
        self.boots = boots
        let booted = Set(boots.map(\.revision.revision))
        let numbered = plan.revisions.enumerated().filter { booted.contains($0.element.revision) }
        places = Dictionary(numbered.map { ($0.element.revision, $0.offset) }) { first, _ in first }
        faults = entries.compactMap {
            if case .faulted(_, _, let fault) = $0.event { "\(fault)" } else { nil }
        }
        let left = search.remaining
        (remainingCandidates, remainingBoots, shows) = (left.candidates, left.probes, search.shows)
        let end = Ending(search.conclusion, entries.last)
        (result, sentence, confidence) = (end.result, end.sentence, end.confidence)
        candidates = end.candidates.map(planned)
        lastGood = boots.last { $0.revision.revision == end.lastGood && $0.verdict == .good }
        firstBad = boots.last { $0.revision.revision == end.firstBad && $0.verdict == .bad }
        self.reproduction = reproduction
    }
}

/// What a conclusion comes to in a story.
private struct Ending {
    var result = BisectionStory.Result.open
    var sentence: String?
    var confidence: Double?
    var candidates: [Revision] = []
    var lastGood: Revision?
    var firstBad: Revision?

    init(_ conclusion: Conclusion?, _ last: BisectionEntry?) {
        switch conclusion {
        case .culprit(let culprit)?:
            (result, confidence) = (.culprit, culprit.confidence)
            candidates = [culprit.revision]
            (lastGood, firstBad) = (culprit.lastGood, culprit.firstBad)
        case .undecided(let left)?:
            (result, confidence, candidates) = (.undecided, left.confidence, left.candidates)
            sentence =
                "what is left cannot be told apart: \(left.skipped.count) of them were skipped"
        case .contradicted(let found)?: (result, sentence) = (.contradicted, found.sentence)
        case .wrongEnd(let trouble)?: (result, sentence) = (.wrongEnd, trouble.sentence)
        case nil:
            guard case .stopped(let fault)? = last?.event else { return }
            (result, sentence) = (.stopped, fault.description)
        }
    }
}
