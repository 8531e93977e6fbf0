// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser

struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Says what there is.",
        subcommands: [
            ListBoards.self, ListSuites.self, ListCases.self, ListKernels.self,
            ListInvariants.self, ListRuns.self,
        ])
}

/// What every list has.
struct ListOptions: ParsableArguments {
    @Flag(help: "Print JSON.")
    var json = false
}
