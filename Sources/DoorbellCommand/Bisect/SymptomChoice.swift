// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Campaigns
import Judgement
import ResultArchive
import SystemPackage
import Vocabulary

/// What counts as bad, as the command line says it.
struct SymptomChoice: ParsableArguments {
    @Option(
        name: .customLong("invariant"),
        help: ArgumentHelp("This invariant is broken; may be given again.", valueName: "INV-…"))
    var invariants: [String] = []

    @Option(
        help: ArgumentHelp(
            "What this run found: the same invariants on the same kinds of devices.",
            valueName: "run"))
    var like: String?

    @Option(
        help: ArgumentHelp(
            "The kernel tells of a panic, an oops or another trouble with these words in its title.",
            valueName: "words"))
    var panic: String?

    @OptionGroup var threshold: ThresholdChoice

    var isEmpty: Bool {
        invariants.isEmpty && like == nil && panic == nil && threshold.measure == nil
    }

    func validate() throws {
        let chosen = [!invariants.isEmpty, like != nil, panic != nil, threshold.measure != nil]
        guard chosen.count(where: { $0 }) <= 1 else {
            throw ValidationError("One of --invariant, --like, --panic and --measure is enough.")
        }
        guard panic?.isEmpty != true else { throw ValidationError("--panic wants some words.") }
    }

    /// Any finding, where nothing is chosen.
    /// - Throws: `UnknownName`, `UnfitThreshold`, `NothingFound`, `ArchiveError`.
    func symptom(in project: Project, suites: [SuiteOrder]) throws -> Symptom {
        if let threshold = try threshold.threshold(in: suites) { return .measure(threshold) }
        if let panic { return .trouble(panic) }
        if let like { return .shapes(try shapes(of: like, in: project, suites)) }
        guard !invariants.isEmpty else { return .anyFinding }
        return .invariants(
            try invariants.map { name in
                let all = InvariantCatalogue.all.map(\.id)
                guard let id = all.first(where: { $0.text == name }) else {
                    throw UnknownName(
                        noun: "invariant", name: name, place: "the catalogue",
                        known: all.map(\.text))
                }
                return id
            })
    }

    /// What a run is looked at with: the suites that are run, which may lie anywhere, and all others.
    private func shapes(
        of word: String, in project: Project, _ chosen: [SuiteOrder]
    ) throws -> [FindingShape] {
        let run = try project.run(word)
        let others = try project.suiteNames.compactMap { name in
            let source = try project.source(project.find("suite", name, in: project.suites))
            let suite = try Suite(source)
            return SuiteOrder(suite: suite, source: source, cases: suite.cases)
        }
        let shapes = try FindingShape.all(in: run, suites: chosen + others)
        guard !shapes.isEmpty else { throw NothingFound(run: run.folder.name) }
        return shapes
    }
}

/// A run that has no findings to look for.
struct NothingFound: Blame, Hashable {
    let run: String

    var kind: FaultKind { .suite }

    var account: Account {
        Account(
            subject: "run \(run)", action: "say what to look for", cause: "no case of it differs",
            remedy: "Name a run that differs, or an invariant.")
    }
}
