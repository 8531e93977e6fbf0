// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// A local tool that did not do its work, with everything it said until then.
package struct ToolFailure: Blame {
    /// What kept the tool from finishing.
    package enum Cause: Sendable {
        /// No such tool in PATH, or it cannot be executed.
        case notFound
        case couldNotStart(String)
        case ended(ToolStatus)
        case deadline(DeadlineExceeded)
        case tooMuchOutput(limit: ByteCount)
        /// The pipes to or from the tool failed.
        case pipe(String)
    }

    package let commandLine: CommandLineText
    package let cause: Cause
    /// What was read before the failure.
    package let standardOutput: [UInt8]
    package let standardError: [UInt8]

    package var kind: FaultKind {
        if case .deadline(let exceeded) = cause { return exceeded.kind }
        return .bench
    }

    package var account: Account {
        Account(
            subject: "local tool \(tool)", action: "finish `\(commandLine)`",
            cause: sentence + lastLines, remedy: remedy)
    }

    /// The last five lines of standard error, for a message.
    package var lastErrorLines: [String] {
        String(decoding: standardError.suffix(2000), as: UTF8.self)
            .split(whereSeparator: \.isNewline).suffix(5).map(String.init)
    }

    private var tool: String { String(commandLine.description.prefix { $0 != " " }) }

    private var lastLines: String {
        lastErrorLines.isEmpty ? "" : ", saying: " + lastErrorLines.joined(separator: " / ")
    }

    private var sentence: String {
        switch cause {
        case .notFound: "it is not installed, or not in PATH"
        case .couldNotStart(let reason): "it could not be started: \(reason)"
        case .ended(let status): "\(status)"
        case .deadline(let exceeded): "it was stopped after \(exceeded.allowed.inSeconds)"
        case .tooMuchOutput(let limit): "it wrote more than \(limit)"
        case .pipe(let reason): "the pipe to it failed: \(reason)"
        }
    }

    private var remedy: String {
        if case .notFound = cause { return "Install the package that has it, then try again." }
        return ""
    }
}
