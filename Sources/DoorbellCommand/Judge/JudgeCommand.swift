// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Campaigns
import Judgement
import ReferenceModel
import Reports
import ResultArchive
import SystemPackage
import Vocabulary

struct JudgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "judge",
        abstract: "Judges an archived run again from its raw evidence, without a board.",
        discussion: "Tells which verdicts differ from those of then. Nothing is written.")

    @Argument(help: "The run: its name, the end of it, or a folder.")
    var run: String

    @Option(name: .customLong("board"), help: "Only this board; may be given again.")
    var boards: [String] = []

    @Option(name: .customLong("case"), help: "Only this case; may be given again.")
    var cases: [String] = []

    @Option(help: "The generation to hold the kernel against, whatever it is.")
    var modelGeneration: String?

    @Flag(help: "Print JSON.")
    var json = false

    @Flag(help: "Say of everything that was not observed why, also of what no virtual board shows.")
    var verbose = false

    func run() async throws {
        let project = Project()
        let archived = try project.run(run)
        let generation = try modelGeneration.map(Generation.init(named:))
        let again = try RunJudge(archived, overrides: ModelOverrides(generation: generation))
            .judge(boards: boards, cases: cases)
        let outcome = RunOutcome(
            boards: again.map(\.outcome), wasInterrupted: false,
            began: try archived.journal().entries.first?.at ?? UTCInstant(milliseconds: 0))
        if json {
            try JSONText.print(JudgedRunForm(archived.folder, again))
        } else {
            show(again, outcome, archived, project)
        }
        let status = ExitStatus(outcome)
        if status != .agrees { throw status }
    }

    private func show(
        _ again: [BoardAgain], _ outcome: RunOutcome, _ archived: ArchivedRun, _ project: Project
    ) {
        let ink: Ink = Terminal.standardOutput.hasColours ? .coloured : .plain
        var report = RunReport(outcome, folder: archived.folder, project: project)
        report.took = report.cases.reduce(.zero) { $0 + $1.took }
        let cases = again.flatMap(\.cases)
        let changes = cases.compactMap { entry in
            entry.change.map {
                ("\(entry.outcome.board) \(entry.outcome.suite)/\(entry.outcome.name)", $0)
            }
        }
        Terminal.standardOutput.write(
            TextReport.render(report, ink: ink, isVerbose: verbose) + "\n"
                + ChangeText.render(changes, of: cases.count, ink: ink))
    }
}

/// What `judge --json` prints.
struct JudgedRunForm: Encodable {
    struct Case: Encodable {
        let board: BoardName
        let suite: SuiteName
        let name: CaseName
        /// Release, banner, build ID, hash of the image, recipe and boot.
        let kernel: KernelRecord?
        let then: String
        let now: String
        let change: VerdictChange?
        let judgement: CaseJudgement
    }

    let run: String
    let cases: [Case]
    /// What the kernels told of on their consoles.
    let troubles: [BoardTroubles]

    init(_ folder: RunFolder, _ boards: [BoardAgain]) {
        run = folder.name
        troubles = BoardTroubles.all(in: folder)
        cases = boards.flatMap { board in
            board.cases.map { entry in
                Case(
                    board: board.board, suite: entry.outcome.suite, name: entry.outcome.name,
                    kernel: board.kernel, then: entry.then.verdict.word,
                    now: entry.now.verdict.word, change: entry.change, judgement: entry.now)
            }
        }
    }
}
