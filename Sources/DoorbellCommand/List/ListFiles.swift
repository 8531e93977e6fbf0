// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Campaigns
import Foundation
import SystemPackage
import Vocabulary

struct ListBoards: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "boards", abstract: "Lists the boards of a lab.")

    @Option(help: "The lab: a name in Labs, or a file.")
    var lab = "virtual"
    @OptionGroup var options: ListOptions

    private struct Row: Encodable {
        let name: String
        let kind: String
        let kernel: String
        let notes: String
    }

    func run() async throws {
        let project = Project()
        let path = try project.find("lab", lab, in: project.labs)
        let lab = try Lab(SourceText(path: path, namedAs: project.shown(path)))
        let rows = lab.boards.map { board in
            Row(
                name: board.name.text, kind: board.reach.word, kernel: board.kernel?.text ?? "",
                notes: board.notes ?? "")
        }
        try Listing(rows: rows) { [$0.name, $0.kind, $0.kernel, $0.notes] }
            .print(json: options.json)
    }
}

extension Board.Reach {
    /// The word that a lab file has for it.
    fileprivate var word: String {
        switch self {
        case .qemu: "qemu"
        case .ssh: "ssh"
        }
    }
}

struct ListSuites: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suites", abstract: "Lists the suites of the project.")

    @OptionGroup var options: ListOptions

    private struct Row: Encodable {
        let name: String
        let cases: Int
        let summary: String
        let file: String
    }

    func run() async throws {
        let project = Project()
        let rows = try ProjectFiles.expand(project.suites).map { path in
            let suite = try Suite(SourceText(path: path, namedAs: project.shown(path)))
            return Row(
                name: suite.name.text, cases: suite.cases.count, summary: suite.summary,
                file: project.shown(path))
        }
        try Listing(rows: rows) { [$0.name, "\($0.cases) cases", $0.summary] }
            .print(json: options.json)
    }
}

struct ListCases: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cases", abstract: "Lists the cases of suites.")

    @Argument(help: "Suites by name or file; without, all of the project.")
    var suites: [String] = []
    @OptionGroup var options: ListOptions

    private struct Row: Encodable {
        let suite: String
        let name: String
        let steps: Int
        /// What is run instead of steps.
        let program: String?
        /// Whether VFIO makes interrupts itself in it.
        let isPartlySynthetic: Bool
        let summary: String
    }

    func run() async throws {
        let project = Project()
        let paths =
            suites.isEmpty
            ? ProjectFiles.expand(project.suites)
            : try suites.map { try project.find("suite", $0, in: project.suites) }
        let rows = try paths.flatMap { path in
            let suite = try Suite(SourceText(path: path, namedAs: project.shown(path)))
            return suite.cases.map { entry in
                Row(
                    suite: suite.name.text, name: entry.name.text, steps: entry.steps.count,
                    program: entry.program?.name,
                    isPartlySynthetic: entry.steps.contains(where: \.isSynthetic),
                    summary: entry.summary)
            }
        }
        try Listing(rows: rows) {
            [
                "\($0.suite)/\($0.name)",
                ($0.program ?? "\($0.steps) steps")
                    + ($0.isPartlySynthetic ? ", partly synthetic" : ""),
                $0.summary,
            ]
        }.print(json: options.json)
    }
}

struct ListKernels: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kernels", abstract: "Lists the kernel recipes of the project.")

    @OptionGroup var options: ListOptions

    private struct Row: Encodable {
        let name: String
        let summary: String
    }

    func run() async throws {
        let project = Project()
        let rows = try ProjectFiles.expand(project.kernels).map { path in
            let recipe = try KernelRecipe(SourceText(path: path, namedAs: project.shown(path)))
            let folder = path.removingLastComponent().lastComponent?.string ?? ""
            return Row(name: folder, summary: recipe.summary)
        }
        try Listing(rows: rows) { [$0.name, $0.summary] }.print(json: options.json)
    }
}
