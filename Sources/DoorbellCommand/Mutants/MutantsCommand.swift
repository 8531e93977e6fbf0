// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Campaigns
import Reports
import ResultArchive
import SystemPackage
import Vocabulary

struct MutantsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mutants",
        abstract: "Compiles and boots kernels with one bug each, and says which are caught.",
        discussion: """
            Each patch of Suites/Mutants becomes a kernel; its suite runs on virtual boards, and what \
            it breaks must fall. What was judged is kept, so that a stopped call goes on where it was.
            Exit status: 0 all are caught and changes without effect are not noticed, 1 one is not, \
            2 a patch is invalid, 3 one could not be judged, 4 an error of doorbell, 130 interrupted.
            """)

    @OptionGroup var choice: MutantsChoice

    @Option(help: "How many mutants run on boards at once, while the next is compiled.")
    var jobs = 1

    @Flag(help: "Forget what was judged before.")
    var again = false

    @Option(
        help: ArgumentHelp(
            "Also write the matrix to mutants.json and mutants.md in this folder.",
            valueName: "dir"))
    var save: String?

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard jobs > 0 else { throw ValidationError("--jobs wants 1 or more.") }
    }

    func run() async throws {
        let project = Project()
        let (lab, orders) = try choice.orders(in: project)
        let screen = MutantsScreen(of: orders.count)
        let campaign = try MutantCampaign(
            orders, on: bench(project, lab), jobs: jobs, watch: { screen.show($0) })
        let matrix = try await Interruption.interruptible { try await campaign.perform() }
        screen.finish()
        try show(matrix)
        if let save { try Self.save(matrix, in: FilePath(save)) }
        let status = ExitStatus(matrix)
        if status != .agrees { throw status }
    }

    private func bench(_ project: Project, _ lab: SourceText) -> MutantBench {
        MutantBench(
            suites: project.suiteBench(lab, runs: project.runs), tool: FilePath("/proc/self/exe"),
            shelf: MutantShelf(project.mutantRecords), isAfresh: again)
    }

    private func show(_ matrix: MutantMatrix) throws {
        if json { return try JSONText.print(matrix) }
        let ink: Ink = Terminal.standardOutput.hasColours ? .coloured : .plain
        Terminal.standardOutput.write(MutantTable.text(matrix, ink: ink))
    }

    private static func save(_ matrix: MutantMatrix, in folder: FilePath) throws {
        try MutantShelf.write(matrix, to: folder.appending("mutants.json"))
        try TextFile.write(MutantPage.text(matrix), to: folder.appending("mutants.md"))
    }
}

extension ExitStatus {
    /// A mutant that is not caught counts more than one that nobody could judge.
    init(_ matrix: MutantMatrix) {
        let isWrong = matrix.mutants.contains {
            [.survived, .caughtOtherwise, .falseAlarm].contains($0.outcome)
        }
        let open = matrix.mutants.filter { $0.outcome == .notJudged }
        let faults = open.flatMap { [$0.fault] + $0.boards.map(\.fault) }.compactMap { $0?.kind }
        self =
            if matrix.wasInterrupted {
                .interrupted
            } else if isWrong {
                .differs
            } else if faults.contains(.harness) {
                .harness
            } else if faults.contains(.suite) {
                .usage
            } else { open.isEmpty ? .agrees : .inconclusive }
    }
}
