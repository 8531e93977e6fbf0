// SPDX-License-Identifier: GPL-3.0-or-later

import Scheduling
package import SecureShell
package import VirtualBoards
package import Vocabulary

/// All that is needed to bring a board to life: what a lab file says, made ready.
package struct BoardPlan: Sendable {
    package let name: BoardName
    package let access: Access
    package let budgets: BoardBudgets

    /// How the board comes into being and is reached.
    package enum Access: Sendable {
        /// QEMU makes it, with this kernel and image.
        case virtual(MachineSpec, BoardImage)
        /// It is there already, with the kernel that it runs.
        case remote(RemoteBoard)
    }

    package init(name: BoardName, access: Access, budgets: BoardBudgets) {
        self.name = name
        self.access = access
        self.budgets = budgets
    }
}

extension BoardPlan {
    /// Until when the board must answer, and whose fault it is when it does not.
    ///
    /// Only a board that we boot may blame its kernel; one that we cannot even switch on is not
    /// waited for.
    var bootDeadline: Deadline {
        switch access {
        case .virtual:
            .after(budgets.boot, for: "board \(name) to boot", blames: .kernel)
        case .remote(let board):
            .after(
                board.power == nil ? budgets.connect : budgets.boot,
                for: "board \(name) to answer over SSH")
        }
    }
}

/// How long each thing may take on a board.
package struct BoardBudgets: Sendable, Hashable {
    /// From power to the first command over SSH.
    package var boot: Duration
    /// One attempt to connect.
    package var connect: Duration
    /// One step of a case, and one reading of evidence.
    package var step: Duration
    /// One power command.
    package var power: Duration

    package init(boot: Duration, connect: Duration, step: Duration, power: Duration) {
        self.boot = boot
        self.connect = connect
        self.step = step
        self.power = power
    }
}

/// A board that is reached by SSH alone, with the lab's own power and console.
package struct RemoteBoard: Sendable {
    package let target: SSHTarget
    package let power: PowerSwitch?
    /// Where the board's console comes from.
    package let console: (any ConsoleSource)?
    /// What it is to boot, and how; nothing for a board whose kernel is left alone.
    package let errand: BootErrand?

    package init(
        target: SSHTarget, power: PowerSwitch?, console: (any ConsoleSource)?,
        errand: BootErrand? = nil
    ) {
        self.errand = errand
        self.target = target
        self.power = power
        self.console = console
    }
}

/// A command on the controller: a program and its arguments, never seen by a shell.
package struct ControllerCommand: Sendable, Hashable {
    package let program: String
    package let arguments: [String]

    package init(program: String, arguments: [String]) {
        self.program = program
        self.arguments = arguments
    }
}
