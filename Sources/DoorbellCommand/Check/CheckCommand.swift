// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Campaigns
import Foundation
import SystemPackage

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Validates lab, suite and kernel files without touching a board.",
        discussion: "Without files it checks all that lie in Labs and Suites.")

    @Argument(help: "The files; a folder stands for all files in it.")
    var files: [String] = []

    func run() async throws {
        let project = Project()
        let paths =
            files.isEmpty
            ? ProjectFiles.all(in: project) : files.flatMap { ProjectFiles.expand(FilePath($0)) }
        let failures = paths.compactMap { path in
            ProjectFiles.complaint(about: path, shownAs: project.shown(path))
        }
        for failure in failures { Terminal.standardError.say(failure.description) }
        guard failures.isEmpty else { throw ExitStatus.usage }
        Terminal.standardOutput.say(
            paths.count == 1 ? "1 file is right." : "\(paths.count) files are right.")
    }
}
