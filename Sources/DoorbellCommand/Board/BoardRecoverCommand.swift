// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Boards
import Campaigns
import SystemPackage
import Vocabulary

struct BoardRecoverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recover",
        abstract: "Brings a board back to its known-good kernel, so that runs use it again.",
        discussion: """
            It is asked to reboot, then its power is cycled, and at last it must answer over SSH
            with the release and build ID that it had before it was lost.
            """)

    @Option(help: "The board's name in the lab.")
    var board: String

    @Option(help: "The lab: a name in Labs, or a file.")
    var lab: String

    @Option(help: ArgumentHelp("Where the folders of runs lie.", valueName: "dir"))
    var results: String?

    func run() async throws {
        let project = Project()
        let path = try project.find("lab", lab, in: project.labs)
        let entry = try Selection.boards(named: [board], in: try Lab(SourceText(path: path)))[0]
        let runs = results.map { FilePath($0) } ?? project.runs
        let folder = path.removingLastComponent()
        let (identity, left) = try await Interruption.interruptible {
            let identity = try await BoardRecovery.run(entry, in: folder, runs: runs)
            // A board is no less back for a store that cannot be read.
            let left = try? await BoardRecovery.leftovers(of: entry, in: folder)
            return (identity, left ?? [])
        }
        Terminal.standardOutput.say(
            "Board \(entry.name) is back: \(identity.release), build ID "
                + "\(identity.buildID ?? "none"), boot \(identity.bootID).")
        guard let first = left.first else { return }
        let more = left.count == 1 ? "" : " and \(left.count - 1) more"
        Terminal.standardOutput.say(
            "No run has kept what a dead kernel has left there: \(first.path)\(more).")
    }
}
