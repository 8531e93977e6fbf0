// SPDX-License-Identifier: GPL-3.0-or-later

import Subprocess
package import SystemPackage
package import Vocabulary

/// The door to the tools of this machine, such as git and apt; never a shell string.
package enum Tool {
    /// Runs a tool to its end and gives back what it wrote; a non-zero exit is a result.
    ///
    /// The tool gets a session of its own. When the deadline passes, the caller is cancelled or
    /// the output is too long, its whole process group is asked to end and then killed.
    /// The name is looked up in PATH, unless it contains a slash. An environment that is given is
    /// the tool's whole environment; without it, it gets ours. The limit holds for each output.
    /// The listener hears each piece of standard output as it comes, before the tool has ended.
    /// - Throws: `ToolFailure`, or `CancellationError` when the caller is cancelled.
    package static func run(
        _ name: String, _ arguments: [String], input: [UInt8] = [],
        environment: [String: String]? = nil, directory: FilePath? = nil, deadline: Deadline,
        outputLimit: ByteCount = .mebibytes(16),
        listener: @escaping @Sendable ([UInt8]) -> Void = { _ in }
    ) async throws -> ToolOutput {
        BrokenPipes.becomeErrors()
        let heard = HeardOutput(limit: outputLimit, listener: listener)
        let invocation = ToolInvocation(
            name: name, arguments: arguments, input: input, environment: environment,
            directory: directory, heard: heard)
        do {
            let status = try await withDeadline(deadline) { try await invocation.run() }
            return ToolOutput(
                commandLine: invocation.commandLine, status: status,
                standardOutput: heard.bytes(.output), standardError: heard.bytes(.error))
        } catch let error as CancellationError {
            throw error
        } catch {
            throw ToolFailure(
                commandLine: invocation.commandLine, cause: try cause(of: error),
                standardOutput: heard.bytes(.output), standardError: heard.bytes(.error))
        }
    }

    private static func cause(of error: any Error) throws -> ToolFailure.Cause {
        switch error {
        case let exceeded as DeadlineExceeded: return .deadline(exceeded)
        case let tooLong as OutputTooLong: return .tooMuchOutput(limit: tooLong.limit)
        case let error as SubprocessError where error.code == .executableNotFound: return .notFound
        case let error as SubprocessError where error.code == .spawnFailed:
            return .couldNotStart(String(describing: error))
        default:
            // A cancelled task makes Subprocess fail in many ways; it is a cancellation all the same.
            try Task.checkCancellation()
            return .pipe(String(describing: error))
        }
    }
}
