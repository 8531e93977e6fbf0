// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ResultArchive
import SystemPackage

struct ListRuns: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs", abstract: "Lists the archived runs, the newest first.")

    @Option(help: ArgumentHelp("Where the runs' folders are.", valueName: "dir"))
    var results: String?
    @OptionGroup var options: ListOptions

    private struct Row: Encodable {
        let run: String
        let state: String
        let verdict: String
    }

    func run() async throws {
        let folder = results.map { FilePath($0) } ?? Project().runs
        let rows = try RunFolder.all(in: folder).reversed().map { folder in
            try Row(run: folder.name, state: folder.state.rawValue, verdict: "")
        }
        try Listing(rows: Array(rows)) { [$0.run, $0.state, $0.verdict] }
            .print(json: options.json)
    }
}
