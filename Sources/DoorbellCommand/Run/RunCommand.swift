// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Campaigns
import Foundation
import ReferenceModel
import Reports
import ResultArchive
import SystemPackage
import Vocabulary

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs suites on boards, judges what was seen, and archives everything.",
        discussion: "Without arguments it runs the suite smoke on the virtual lab.")

    @OptionGroup var choice: RunChoice

    @Flag(help: "Say what would be run, and touch nothing.")
    var dryRun = false

    @Flag(help: "Say of everything that was not observed why, also of what no virtual board shows.")
    var verbose = false

    @Flag(
        help: """
            End as a script of 'git bisect run' has to: 0 good, 1 bad, 125 this kernel cannot be \
            judged, 128 the bench failed or the usage is wrong.
            """)
    var bisectExit = false

    @OptionGroup(title: "What counts as bad, with --bisect-exit") var symptom: SymptomChoice

    func validate() throws {
        guard bisectExit || symptom.isEmpty else {
            throw ValidationError("What counts as bad is only asked with --bisect-exit.")
        }
    }

    func run() async throws {
        let project = Project()
        let request = try choice.request(in: project)
        let looked = try symptom.symptom(in: project, suites: request.suites)
        if dryRun { return Terminal.standardOutput.write(DryRun.text(request)) }
        let screen = RunScreen()
        let run = try Run(
            request, watch: { screen.show($0) }, announce: { screen.announce($0) })
        let command = ["doorbell"] + ProcessInfo.processInfo.arguments.dropFirst()
        let outcome = try await Interruption.interruptible {
            try await run.perform(command: Array(command))
        }
        screen.finish()
        let report = RunReport(outcome, folder: run.folder, project: project)
        // What was observed is shown even where there is no room left to write it down.
        let ink: Ink = Terminal.standardOutput.hasColours ? .coloured : .plain
        Terminal.standardOutput.write(TextReport.render(report, ink: ink, isVerbose: verbose))
        try run.seal(
            outcome, command: Array(command), versions: Versions.all,
            reports: [
                "report.txt": TextReport.render(report, ink: .plain, isVerbose: verbose),
                "junit.xml": JUnitReport.render(report),
            ])
        if let folder = choice.measurements { try PeakMemory.write(to: FilePath(folder)) }
        if bisectExit {
            let sighting = ProbeSighting(outcome, in: run.folder, suites: request.suites)
            throw BisectStatus(looked.answer(sighting))
        }
        let status = ExitStatus(outcome)
        if status != .agrees { throw status }
    }
}

extension ExitStatus {
    init(_ outcome: RunOutcome) {
        self =
            switch outcome.conclusion {
            case .interrupted: .interrupted
            case .differs: .differs
            case .failed: .harness
            case .inconclusive: .inconclusive
            case .agrees: .agrees
            }
    }
}

extension RunReport {
    /// What a finished run has to tell.
    init(_ outcome: RunOutcome, folder: RunFolder, project: Project) {
        let cases = outcome.boards.flatMap { board in
            board.cases.map { entry in
                CaseReport(
                    board: board.board, kernel: board.kernel, suite: entry.outcome.suite,
                    name: entry.outcome.name, judgement: entry.reported, took: entry.outcome.took)
            }
        }
        self.init(
            run: folder.name, began: outcome.began,
            took: UTCInstant.now().since(outcome.began), isPartial: outcome.wasInterrupted,
            cases: cases, folder: project.shown(folder.path),
            troubles: BoardTroubles.all(in: folder))
    }
}
