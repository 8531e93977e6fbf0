// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Boards
import Campaigns
import Scheduling
import SystemPackage
import Vocabulary

struct BoardPowerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "power",
        abstract: "Switches a board's power by hand, and reads it back.",
        discussion: """
            Actions: on, off, cycle, status. After an action the state is read until it is the
            wanted one, for as long as `timeouts: power` of the board allows. Where nothing can
            tell the state, the answer says that it is not confirmed.
            """)

    @Argument(help: "on, off, cycle or status.")
    var action: String

    @Option(help: "The board's name in the lab.")
    var board: String

    @Option(help: "The lab: a name in Labs, or a file.")
    var lab: String

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard action == "status" || PowerAction(rawValue: action) != nil else {
            throw ValidationError("'\(action)' is no action; write on, off, cycle or status.")
        }
    }

    func run() async throws {
        let remote = try RemoteEntry(board: board, lab: lab)
        guard let source = remote.machine.power else {
            throw Lacking(board: remote.board.name, key: "power")
        }
        let power = PowerSwitch(source, of: remote.board.name, in: remote.folder)
        let budget = Deadline.after(
            remote.board.timeouts.power, for: "the power of board \(remote.board.name)")
        let answer = try await Interruption.interruptible {
            try await self.answer(power, deadline: budget)
        }
        try show(answer)
    }

    private func answer(_ power: PowerSwitch, deadline: Deadline) async throws -> PowerAnswer {
        let reading: PowerReading?
        switch PowerAction(rawValue: action) {
        case .on: reading = try await power.on(deadline: deadline)
        case .off: reading = try await power.off(deadline: deadline)
        case .cycle: reading = try await power.cycle(deadline: deadline)
        case nil:
            reading = try await power.state(deadline: deadline)
                .map { PowerReading(state: $0, isConfirmed: true) }
        }
        return PowerAnswer(
            board: power.board.text, action: action, switchedBy: power.title,
            state: reading?.state.rawValue, isConfirmed: reading?.isConfirmed ?? false)
    }

    private func show(_ answer: PowerAnswer) throws {
        if json { return try JSONText.print(answer) }
        Terminal.standardOutput.say(answer.sentence)
    }
}

/// What the verb tells of a board's power.
struct PowerAnswer: Encodable {
    let board: String
    let action: String
    let switchedBy: String
    /// Nothing where the state cannot be known.
    let state: String?
    let isConfirmed: Bool

    var sentence: String {
        guard let state else {
            return "board \(board): \(switchedBy) has no way to tell whether the power is on"
        }
        return isConfirmed
            ? "board \(board): the power is \(state)"
            : "board \(board): \(switchedBy) took the order; that the power is \(state) is not "
                + "confirmed, for it cannot be read back"
    }
}
