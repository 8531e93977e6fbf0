// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// How a remote command ended.
package enum RemoteStatus: Sendable, Hashable, CustomStringConvertible {
    case exited(Int32)
    /// The signal's name without SIG, as RFC 4254, section 6.10 has it.
    case killed(by: String)

    package var description: String {
        switch self {
        case .exited(let code): "it exited with \(code)"
        case .killed(let signal): "it was killed by SIG\(signal)"
        }
    }
}

/// What a command wrote.
package struct CommandOutput: Sendable, Hashable {
    package var standardOutput: [UInt8] = []
    package var standardError: [UInt8] = []

    package init() {}

    /// The last lines of standard error, as the end of a sentence.
    var lastWords: String {
        let lines = String(decoding: standardError.suffix(2000), as: UTF8.self)
            .split(whereSeparator: \.isNewline).suffix(5)
        return lines.isEmpty ? "" : ", saying: " + lines.joined(separator: " / ")
    }
}

/// What a remote command did.
package struct CommandResult: Sendable {
    package let command: RemoteCommand
    package let status: RemoteStatus
    package let output: CommandOutput
    package let duration: Duration
    /// What messages call the board.
    let target: String

    package var standardOutput: [UInt8] { output.standardOutput }
    package var standardError: [UInt8] { output.standardError }

    /// Standard output as text; bytes that are no UTF-8 become replacement characters.
    package var text: String { String(decoding: standardOutput, as: UTF8.self) }

    /// Gives itself back when the command exited with 0.
    /// - Throws: `SSHError` with the status and the last lines of standard error.
    @discardableResult
    package func succeeded() throws(SSHError) -> CommandResult {
        guard status == .exited(0) else {
            throw SSHError(
                target: target, action: "run `\(command)`", cause: .ended(status), heard: output)
        }
        return self
    }
}
