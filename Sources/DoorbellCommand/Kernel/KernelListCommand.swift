// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Campaigns

struct KernelListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the kernels: which are there, what proves them, which are the same.")

    @OptionGroup var options: ListOptions

    private struct Row: Encodable {
        let name: String
        let state: String
        let release: String?
        let buildID: String?
        let sha256: String?
        let code: String?
        /// The first kernel of the list that runs the same code.
        let sameAs: String?
    }

    func run() async throws {
        let project = Project()
        let recipes = try project.kernelNames.map { try project.recipe($0) }
        let rows = try await KernelShelf().stories(of: recipes).map { story, twin in
            Row(
                name: story.name, state: story.state, release: story.release,
                buildID: story.buildID, sha256: story.sha256, code: story.code, sameAs: twin)
        }
        try Listing(rows: rows) { row in
            [
                row.name, row.state, row.release ?? "", row.buildID ?? "",
                row.sameAs.map { "the same code as \($0)" } ?? "",
            ]
        }.print(json: options.json)
    }
}

struct KernelShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Shows what is known of kernels.")

    @Argument(help: "Recipes in Labs/Kernels, by name.")
    var names: [String]
    @OptionGroup var options: ListOptions

    func run() async throws {
        let project = Project()
        let recipes = try names.map { try project.recipe($0) }
        let stories = try await KernelShelf().stories(of: recipes).map(\.0)
        if options.json { return try JSONText.print(stories) }
        for story in stories { Terminal.standardOutput.write(story.text) }
    }
}
