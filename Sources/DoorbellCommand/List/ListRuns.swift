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
            // A run whose manifest cannot be read is listed all the same.
            let manifest = try? ArchivedRun(folder.path).manifest
            return try Row(
                run: folder.name, state: folder.state.rawValue,
                verdict: manifest.map(Self.verdict) ?? "")
        }
        try Listing(rows: Array(rows)) { [$0.run, $0.state, $0.verdict] }
            .print(json: options.json)
    }

    /// `1 differs, 13 agrees`: how many cases ended how, the worst first.
    private static func verdict(_ manifest: RunManifest) -> String {
        let words: [CaseOutcome.Word] = [.differs, .inconclusive, .agrees]
        let counts = words.compactMap { word in
            let count = manifest.outcomes.count { $0.word == word && $0.simulation == nil }
            return count == 0 ? nil : "\(count) \(word.rawValue)"
        }
        let labels = [
            ("partly synthetic", manifest.outcomes.count { $0.isPartlySynthetic == true }),
            ("simulated", manifest.outcomes.count { $0.simulation != nil }),
        ]
        return (counts + labels.compactMap { $0.1 == 0 ? nil : "\($0.1) \($0.0)" })
            .joined(separator: ", ")
    }
}
