// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Boards
import Campaigns
import Reports
import Scheduling
import Vocabulary

struct BoardConsoleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "console",
        abstract: "Shows what a board's console says, live.",
        discussion: """
            Nothing is sent to the board. Control characters are shown escaped, so that nothing
            of the board's can work on your terminal. Lines that begin with # are doorbell's own.
            """)

    @Option(help: "The board's name in the lab.")
    var board: String

    @Option(help: "The lab: a name in Labs, or a file.")
    var lab: String

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("End after this time, as in 10s.", valueName: "time"))
    var length: String?

    func run() async throws {
        let length = try length.map(Self.duration)
        let remote = try RemoteEntry(board: board, lab: lab)
        guard let origin = remote.machine.console else {
            throw Lacking(board: remote.board.name, key: "console")
        }
        let source = origin.source(in: remote.folder)
        try await Interruption.interruptible {
            await Self.show(source, for: length)
        }
    }

    /// Prints until the source ends for good, the time is over, or the caller is cancelled.
    private static func show(_ source: any ConsoleSource, for length: Duration?) async {
        let listener = ConsoleListener(
            take: { Terminal.standardOutput.write(SafeText.console($0)) },
            note: { Terminal.standardOutput.write("\n# \(SafeText.console(Array($0.utf8)))\n") })
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await ConsoleRecorder.follow(source, listener) }
            if let length { group.addTask { try? await Task.sleep(for: length) } }
            await group.next()
            group.cancelAll()
        }
        Terminal.standardOutput.write("\n")
    }

    private static func duration(_ text: String) throws -> Duration {
        guard let duration = Duration(written: text) else {
            throw ValidationError("'\(text)' is no time; write a number and a unit, as in 10s.")
        }
        return duration
    }
}
