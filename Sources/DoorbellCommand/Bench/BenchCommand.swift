// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Scheduling
import Vocabulary

/// `doorbell bench`: the project's figures, each beside its peer in one run.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measures doorbell beside its peers, and says which limits it keeps.",
        discussion: """
            inventory  a dump of 4096 functions, beside lspci -F
            ssh        200 commands over one connection, beside OpenSSH with a ControlMaster
            overhead   the smoke suite, beyond a shell script that boots the same boards
            memory     the controller's peak of resident memory in that run
            judge      judging runs of 1,000, 10,000 and 100,000 steps, each beside the shorter
            msi        MSI and MSI-X round trips per second of the agent, beside the same loop in C
            trace      10 million trace events (1.5 GB of temporary files), beside grep -c, and
                       the memory for them beside that for a tenth of them
            allocator  calls per second of the IOVA allocators, beside the same ones in C++
            bisect     boots until the culprit among 1,000 revisions is named: for 1 to 8 boards, beside
                       git bisect run, and for symptoms that come and go beside asking thrice
            storm      a million MSIs accounted for, and the agent's memory meanwhile (minutes)
            kernel     from one patched file to the verdict of the smoke suite on one board, beside
                       make alone and a shell script that boots it (minutes; a first time more)
            snapshot   a board that goes on from a snapshot, beside the same board that boots
            regression a mutant among 64 commits found on two boards, with firmware that takes a minute
                       and with none, beside git bisect run (half an hour; a first time more)

            Without a name all but the last four are measured.
            Exit status: 0 all limits are kept, 1 one is not.
            """)

    @Argument(help: "Which figures to measure.")
    var names: [BenchName] = BenchName.usual

    @Flag(help: "Print JSON.")
    var json = false

    @Option(help: "How often to measure each; the more, the steadier.")
    var rounds: Int?

    func validate() throws {
        guard rounds ?? 1 > 0 else { throw ValidationError("--rounds wants 1 or more.") }
    }

    func run() async throws {
        let bench = Bench(project: Project(), rounds: rounds)
        let names = names
        let figures = try await Interruption.interruptible {
            var figures: [BenchFigure] = []
            for name in names {
                Terminal.standardError.say("measuring \(name.rawValue)")
                figures += try await bench.measure(name)
            }
            return figures
        }
        try show(figures)
        if !figures.allSatisfy(\.isWithin) { throw ExitStatus.differs }
    }

    private func show(_ figures: [BenchFigure]) throws {
        guard !json else {
            return try Listing(rows: figures, cells: \.row).print(json: true)
        }
        let rows = [BenchFigure.header] + figures.map(\.row)
        Terminal.standardOutput.write(Listing<String>.aligned(rows))
    }
}

/// What can be measured.
enum BenchName: String, CaseIterable, ExpressibleByArgument, Sendable {
    case inventory, ssh, overhead, memory, msi, trace, allocator, judge, bisect, storm, kernel
    case snapshot, regression

    /// What is measured where nobody names any: the others take minutes.
    static let usual = allCases.filter {
        ![.storm, .kernel, .snapshot, .regression].contains($0)
    }
}
