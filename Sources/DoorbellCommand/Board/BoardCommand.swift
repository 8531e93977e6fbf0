// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser

struct BoardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "board",
        abstract: "Does something with one board by hand.",
        subcommands: [
            BoardEnrolCommand.self, BoardProbeCommand.self, BoardPowerCommand.self,
            BoardConsoleCommand.self, BoardRecoverCommand.self,
        ])
}
