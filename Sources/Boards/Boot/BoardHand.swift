// SPDX-License-Identifier: GPL-3.0-or-later

import Scheduling
package import SecureShell
package import Vocabulary

/// A connection to a board before any agent is on it, for what boot methods do there.
package struct BoardHand: Sendable {
    package let board: BoardName
    package let connection: SSHConnection
    /// How long a command, and how long bringing a kernel may take.
    let budgets: BoardBudgets

    package init(board: BoardName, connection: SSHConnection, budgets: BoardBudgets) {
        self.board = board
        self.connection = connection
        self.budgets = budgets
    }

    /// Runs a script for `sh` that must succeed; the words are its `$1`, `$2` and so on.
    /// - Returns: what it printed.
    /// - Throws: `SSHError`.
    @discardableResult
    func run(_ script: String, _ words: String...) async throws -> String {
        let deadline = Deadline.after(budgets.step, for: "a command on board \(board)")
        return try await connection.run(
            RemoteCommand(script: script, words), deadline: deadline
        ).succeeded().text
    }

    /// Runs a program of the board that must succeed.
    /// - Throws: `SSHError`.
    func run(program words: [String]) async throws {
        let deadline = Deadline.after(budgets.boot, for: "\(words[0]) on board \(board)")
        let command = RemoteCommand(words[0], Array(words.dropFirst()))
        try await connection.run(command, deadline: deadline).succeeded()
    }

    /// Lets something begin that the connection does not survive.
    func begin(_ script: String) async throws {
        try await run(
            #"setsid sh -c "sleep 1; sync; $1" </dev/null >/dev/null 2>&1 &"#, script)
    }

    /// Reboots, with care where an init system can take it.
    func reboot() async throws {
        try await begin(
            """
            if [ -d /run/systemd/system ]; then systemctl reboot
            else echo u >/proc/sysrq-trigger; sleep 0.2; reboot -f; fi
            """)
    }

    /// What the board says of the kernel that it runs.
    /// - Throws: `SSHError`.
    func identity() async throws -> BoardIdentity {
        try await .read(
            over: connection,
            deadline: .after(budgets.step, for: "the kernel of board \(board)"))
    }
}
