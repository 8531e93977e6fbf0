// SPDX-License-Identifier: GPL-3.0-or-later

package import Scheduling
package import Vocabulary

/// A board's power, switched by commands of the lab and read back where the lab can.
package struct PowerSwitch: Sendable {
    private let board: BoardName
    private let onCommand: ControllerCommand
    private let offCommand: ControllerCommand
    private let cycleCommand: ControllerCommand?
    /// Exits with 0 while the power is on.
    private let statusCommand: ControllerCommand?

    package init(
        board: BoardName, on: ControllerCommand, off: ControllerCommand,
        cycle: ControllerCommand? = nil, status: ControllerCommand? = nil
    ) {
        self.board = board
        onCommand = on
        offCommand = off
        cycleCommand = cycle
        statusCommand = status
    }

    /// Switches the power on and reads it back.
    /// - Throws: `PowerError`, `ToolFailure`.
    package func on(deadline: Deadline) async throws {
        try await run(onCommand, deadline)
        try await expect(on: true, deadline)
    }

    /// Switches the power off and reads it back.
    /// - Throws: `PowerError`, `ToolFailure`.
    package func off(deadline: Deadline) async throws {
        try await run(offCommand, deadline)
        try await expect(on: false, deadline)
    }

    /// Takes the power away and gives it again.
    /// - Throws: `PowerError`, `ToolFailure`.
    package func cycle(deadline: Deadline) async throws {
        guard let cycleCommand else {
            try await off(deadline: deadline)
            return try await on(deadline: deadline)
        }
        try await run(cycleCommand, deadline)
        try await expect(on: true, deadline)
    }

    /// Whether the power is on; nothing where the lab has no way to know.
    package func isOn(deadline: Deadline) async throws -> Bool? {
        guard let statusCommand else { return nil }
        let output = try await Tool.run(
            statusCommand.program, statusCommand.arguments, deadline: deadline)
        return output.status == .exited(0)
    }

    private func run(_ command: ControllerCommand, _ deadline: Deadline) async throws {
        _ = try await Tool.run(command.program, command.arguments, deadline: deadline).succeeded()
    }

    private func expect(on wanted: Bool, _ deadline: Deadline) async throws {
        guard let found = try await isOn(deadline: deadline), found != wanted else { return }
        throw PowerError(board: board, wanted: wanted)
    }
}

/// A power switch that was told one thing and reads back another.
package struct PowerError: Blame, Hashable {
    package let board: BoardName
    /// Whether the power should be on.
    package let wanted: Bool

    package var kind: FaultKind { .bench }

    package var account: Account {
        let word = wanted ? "on" : "off"
        return Account(
            subject: "board \(board)", action: "be switched \(word)",
            cause: "the power command succeeded, but the status command says that the power is "
                + (wanted ? "off" : "on"),
            remedy: "Try the lab file's power commands by hand.")
    }
}
