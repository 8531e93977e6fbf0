// SPDX-License-Identifier: GPL-3.0-or-later

package import Scheduling

/// Power that commands of the lab switch, on the controller.
package struct CommandPower: PowerDriver {
    private let on: ControllerCommand
    private let off: ControllerCommand
    private let cycle: ControllerCommand?
    /// Exits with 0 while the power is on.
    private let status: ControllerCommand?

    package init(
        on: ControllerCommand, off: ControllerCommand, cycle: ControllerCommand? = nil,
        status: ControllerCommand? = nil
    ) {
        (self.on, self.off, self.cycle, self.status) = (on, off, cycle, status)
    }

    package var title: String { "the lab's power command" }
    package var hasOwnCycle: Bool { cycle != nil }

    /// Runs the command for the action to its end.
    package func carryOut(_ action: PowerAction, deadline: Deadline) async throws {
        let command =
            switch action {
            case .on: on
            case .off: off
            case .cycle: cycle ?? on
            }
        _ = try await Tool.run(command.program, command.arguments, deadline: deadline).succeeded()
    }

    /// Runs the status command, where there is one: it exits with 0 while the power is on.
    package func state(deadline: Deadline) async throws -> PowerState? {
        guard let status else { return nil }
        let output = try await Tool.run(status.program, status.arguments, deadline: deadline)
        return output.status == .exited(0) ? .on : .off
    }
}
