// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Campaigns
import ReferenceModel
import ResultArchive
import SystemPackage
import Vocabulary

/// Which suites on which board the model is asked about, as the command line says it.
struct ModelChoice: ParsableArguments {
    @Argument(help: "Suites: names in Suites, or files.")
    var suites: [String] = ["smoke"]

    @Option(help: "The board: a name in Labs/Facts, or a file; with --run, a board of the run.")
    var board: String?

    @Option(help: ArgumentHelp("Take the board's facts from an archived run.", valueName: "run"))
    var run: String?

    @Option(help: "The generation of the kernel; without, the board's facts tell.")
    var generation: String?

    @Option(help: "With generation RFC: how many of its patches are applied, 0 to 11.")
    var series: Int?

    @Option(help: "The kernel's version, instead of the one that the facts have.")
    var kernelVersion: String?

    @Flag(help: "Take it that nothing else is mapped in the domain of a host driver.")
    var freshHost = false

    @Option(name: .customLong("case"), help: "Only this case; may be given again.")
    var cases: [String] = []

    func validate() throws {
        if board == nil, run == nil { throw ValidationError("Name a board with --board.") }
        guard let series else { return }
        guard generation == Generation.mixed.rawValue else {
            throw ValidationError("--series goes with --generation RFC.")
        }
        guard (0...SeriesPatch.allCases.count).contains(series) else {
            throw ValidationError("--series wants a number from 0 to 11, not \(series).")
        }
    }

    /// Reads what is named, and asks the model.
    /// - Throws: `LanguageError`, `UnknownName`, `UnmetDemand`, `ModelError`, `ArchiveError`.
    func predictions(in project: Project) throws -> [CasePrediction] {
        let orders = try suites.map { word in
            let source = try project.source(project.find("suite", word, in: project.suites))
            let suite = try Suite(source)
            return SuiteOrder(suite: suite, source: source, cases: suite.cases)
        }
        let chosen = try Selection.cases(named: cases, in: Selection.distinct(orders))
        return try boards(in: project).flatMap { board, stated in
            try prediction(on: board, stated).cases(of: chosen)
        }
    }

    private func prediction(
        on board: BoardDescription, _ kernel: KernelRecord?
    ) throws -> SuitePrediction {
        var board = board
        if let kernelVersion {
            guard let version = KernelVersion(release: kernelVersion) else {
                throw ValidationError("--kernel-version wants one like 6.1, not \(kernelVersion)")
            }
            board.facts.kernel = version
        }
        let named = try generation.map(Generation.init(named:))
        return try SuitePrediction(
            on: board, generation: named, series: series, freshHost: freshHost,
            stated: kernelVersion == nil ? kernel : nil)
    }

    /// The boards with what a run knows of their kernels.
    private func boards(in project: Project) throws -> [(BoardDescription, KernelRecord?)] {
        guard let run else {
            let path = try project.find("board", board ?? "", in: project.facts)
            return [(try BoardDescription(project.source(path)), nil)]
        }
        let archived = try project.run(run)
        let all = try archived.boards()
        if let board, !all.contains(where: { $0.name.text == board }) {
            throw UnknownName(
                noun: "board", name: board, place: "run \(archived.folder.name)",
                known: all.map(\.name.text))
        }
        return try all.filter { board == nil || $0.name.text == board }.map {
            (try BoardDescription($0, of: archived), try $0.record()?.kernel)
        }
    }
}
