// SPDX-License-Identifier: GPL-3.0-or-later

/// A program on a board and its arguments.
///
/// SSH carries one string that the user's login shell takes apart; this type is the one place
/// where a list of arguments becomes such a string.
package struct RemoteCommand: Hashable, Sendable {
    package let arguments: [String]
    package var environment: [String: String]

    /// Takes a program and its arguments; none of them is read by a shell.
    package init(_ program: String, _ arguments: [String] = [], environment: [String: String] = [:])
    {
        self.arguments = [program] + arguments
        self.environment = environment
    }

    /// Takes a script for `sh`; the arguments are its `$1`, `$2` and so on.
    package init(script: String, _ arguments: [String] = [], environment: [String: String] = [:]) {
        self.init("sh", ["-c", script, "sh"] + arguments, environment: environment)
    }

    /// The string that is sent: each word quoted, `exec` so that a signal is seen as a signal.
    ///
    /// - Throws: the reason for which no command line can carry it.
    func shellText(mark: CommandMark) throws(SSHError.Cause) -> String {
        try check()
        let settings = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let words = settings.isEmpty ? arguments : ["env"] + settings + arguments
        return "export \(mark); exec " + words.map(ShellQuoting.quoted).joined(separator: " ")
    }

    private func check() throws(SSHError.Cause) {
        for word in arguments + environment.values where word.utf8.contains(0) {
            throw .badArgument("an argument has a NUL byte, which no command line can carry")
        }
        for name in environment.keys where !ShellQuoting.isVariableName(name) {
            throw .badArgument("'\(name)' is not the name of an environment variable")
        }
        if arguments[0].isEmpty { throw .badArgument("the name of the program is empty") }
    }
}

extension SSHError.Cause: Error {}

extension RemoteCommand: CustomStringConvertible {
    /// The command line as messages show it, long ones cut.
    package var description: String {
        let text = arguments.map(ShellQuoting.readable).joined(separator: " ")
        return text.count > 200 ? "\(text.prefix(200))…" : text
    }
}
