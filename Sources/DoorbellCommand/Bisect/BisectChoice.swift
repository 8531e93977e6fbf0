// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Bisection
import Campaigns
import SystemPackage
import Vocabulary

/// What every bisection is told, whatever it goes over.
struct BisectChoice: ParsableArguments {
    @Option(
        name: .customLong("suite"),
        help: "What is run on each kernel: a name in Suites, or a file; may be given again.")
    var suites: [String] = []

    @Option(name: .customLong("case"), help: "Only this case; may be given again.")
    var cases: [String] = []

    @Option(help: "The lab: a name in Labs, or a file.")
    var lab = "virtual"

    @Option(
        name: .customLong("board"),
        help:
            "A board to boot on, all of one kind; the first looks at both ends. May be given again."
    )
    var boards: [String] = []

    @OptionGroup(title: "What counts as bad; without any of these, every finding does")
    var symptom: SymptomChoice

    @OptionGroup(title: "For a symptom that comes and goes") var noise: NoiseChoice

    @Option(help: ArgumentHelp("Where runs and bisections are kept.", valueName: "dir"))
    var results: String?

    /// The boards that are asked for, or the lab's first: kernels of one kind of board are compared.
    func orders(in project: Project) throws -> (lab: SourceText, boards: [BoardOrder]) {
        let (source, all) = try labOrders(in: project)
        let lab = try Lab(source)
        let chosen =
            boards.isEmpty
            ? Array(lab.boards.prefix(1)) : try Selection.boards(named: boards, in: lab)
        return (source, all.filter { order in chosen.contains { $0.name == order.board.name } })
    }

    /// All boards of the lab.
    func labOrders(in project: Project) throws -> (lab: SourceText, boards: [BoardOrder]) {
        let path = try project.find("lab", lab, in: project.labs)
        let source = try project.source(path)
        let folder = path.removingLastComponent()
        let boards = try Lab(source).boards.map {
            BoardOrder(board: $0, labFolder: folder, kernel: nil)
        }
        return (source, boards)
    }

    /// The cases that are run on each kernel.
    func suiteOrders(in project: Project) throws -> [SuiteOrder] {
        let names = suites.isEmpty ? ["smoke"] : suites
        let orders = try names.map { word in
            let source = try project.source(project.find("suite", word, in: project.suites))
            let suite = try Suite(source)
            return SuiteOrder(suite: suite, source: source, cases: suite.cases)
        }
        return try Selection.cases(named: cases, in: Selection.distinct(orders))
    }

    /// The folder that gets `Runs` and `Bisections`.
    func results(in project: Project) -> FilePath {
        results.map { FilePath($0) } ?? project.root.appending("Results")
    }

    /// The words of a run that does the same with one kernel.
    func runWords(board: BoardName?) -> [String] {
        (suites.isEmpty ? ["smoke"] : suites) + cases.flatMap { ["--case", $0] }
            + ["--lab", lab] + (board.map { ["--board", $0.text] } ?? [])
    }
}

/// How far boots are believed, as the command line says it.
struct NoiseChoice: ParsableArguments {
    @Flag(help: "The symptom comes and goes: kernels are booted again until it is sure.")
    var flaky = false

    @Option(
        help: ArgumentHelp(
            "In which share of boots of a bad kernel it shows, 0 to 1; learned where not given.",
            valueName: "share"))
    var shows: Double?

    @Option(
        help: ArgumentHelp(
            "In which share of boots the bench tells the opposite.", valueName: "share"))
    var lies: Double?

    @Option(help: ArgumentHelp("How sure to be, instead of 0.99.", valueName: "share"))
    var confidence: Double?

    func validate() throws {
        guard flaky || [shows, lies, confidence].allSatisfy({ $0 == nil }) else {
            throw ValidationError("--shows, --lies and --confidence belong to --flaky.")
        }
        _ = try model()
    }

    /// Nothing where every boot is believed.
    func model() throws -> NoiseModel? {
        guard flaky else { return nil }
        let told = shows.map { Probability($0) }
        guard let lies = Probability(lies ?? 0.01), let sure = Probability(confidence ?? 0.99),
            told != .some(nil),
            let model = NoiseModel(shows: told ?? nil, lies: lies, confidence: sure)
        else {
            throw ValidationError(
                "Shares are numbers from 0 to 1: --lies below 0.5, --shows above 0, --confidence "
                    + "above 0.5 and below 1.")
        }
        return model
    }
}
