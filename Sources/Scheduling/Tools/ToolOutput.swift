// SPDX-License-Identifier: GPL-3.0-or-later

/// What a local tool did.
package struct ToolOutput: Sendable {
    /// The tool and its arguments, for messages.
    package let commandLine: CommandLineText
    package let status: ToolStatus
    package let standardOutput: [UInt8]
    package let standardError: [UInt8]

    /// The standard output as text; bytes that are no UTF-8 become replacement characters.
    package var text: String { String(decoding: standardOutput, as: UTF8.self) }

    /// Gives itself back when the tool exited with 0.
    /// - Throws: `ToolFailure` with the status and the last lines of standard error.
    @discardableResult
    package func succeeded() throws(ToolFailure) -> ToolOutput {
        guard status == .exited(0) else {
            throw ToolFailure(
                commandLine: commandLine, cause: .ended(status), standardOutput: standardOutput,
                standardError: standardError)
        }
        return self
    }
}

/// How a tool ended.
package enum ToolStatus: Sendable, Hashable, CustomStringConvertible {
    case exited(Int32)
    /// The number of the signal that killed it.
    case killed(by: Int32)

    package var description: String {
        switch self {
        case .exited(let code): "it exited with \(code)"
        case .killed(let signal): "it was killed by signal \(signal)"
        }
    }
}

/// A command line written so that it can be pasted into a shell.
package struct CommandLineText: Sendable, Hashable, CustomStringConvertible {
    package let description: String

    package init(_ words: [String]) {
        description = words.map(Self.quoted).joined(separator: " ")
    }

    private static func quoted(_ word: String) -> String {
        let plain = word.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "-_./=:,+@%".utf8.contains(byte)
            }
        }
        guard !plain || word.isEmpty else { return word }
        return "'"
            + word.split(separator: "'", omittingEmptySubsequences: false)
            .joined(separator: #"'\''"#) + "'"
    }
}
