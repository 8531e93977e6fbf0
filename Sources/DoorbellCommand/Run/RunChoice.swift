// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Campaigns
import ReferenceModel
import SystemPackage
import Vocabulary

/// What to run, as the command line says it.
struct RunChoice: ParsableArguments {
    @Argument(help: "Suites: names in Suites, or files.")
    var suites: [String] = ["smoke"]

    @Option(help: "The lab: a name in Labs, or a file.")
    var lab = "virtual"

    @Option(name: .customLong("board"), help: "Only this board; may be given again.")
    var boards: [String] = []

    @Option(name: .customLong("case"), help: "Only this case; may be given again.")
    var cases: [String] = []

    @Option(help: "The kernel recipe to boot instead of each board's own.")
    var kernel: String?

    @Option(help: ArgumentHelp("Where the run's folder is made.", valueName: "dir"))
    var results: String?

    /// For `doorbell bench`: gets what the agents are sent, and how much memory was needed.
    @Option(help: .hidden)
    var measurements: String?

    @Option(help: .hidden)
    var modelWindow: String?

    @Option(help: .hidden)
    var modelGeneration: String?

    /// Reads every file that is named.
    /// - Throws: `LanguageError`, `UnknownName`.
    func request(in project: Project) throws -> RunRequest {
        let labPath = try project.find("lab", lab, in: project.labs)
        let labSource = try project.source(labPath)
        let lab = try Lab(labSource)
        let boards = try Selection.boards(named: boards, in: lab)
        let orders = try suites.map { word in
            let source = try project.source(project.find("suite", word, in: project.suites))
            let suite = try Suite(source)
            return SuiteOrder(suite: suite, source: source, cases: suite.cases)
        }
        return RunRequest(
            lab: labSource,
            boards: try boards.map { try project.order($0, of: labPath, kernel: kernel) },
            suites: try Selection.cases(named: cases, in: Selection.distinct(orders)),
            overrides: try overrides(),
            agent: project.agent, runs: results.map { FilePath($0) } ?? project.runs,
            recordings: measurements.map { FilePath($0) })
    }

    /// Wrong turns on purpose, for tests that prove that a wrong model is found out.
    private func overrides() throws -> ModelOverrides {
        var overrides = ModelOverrides.none
        if let modelWindow {
            guard let base = Hexadecimal.value(modelWindow) else {
                throw ValidationError("--model-window wants an address, not '\(modelWindow)'")
            }
            overrides.windowBase = IOVA(rawValue: base)
        }
        overrides.generation = try modelGeneration.map(Generation.init(named:))
        return overrides
    }
}
