// SPDX-License-Identifier: GPL-3.0-or-later

import Subprocess
import SystemPackage

/// One run of one tool, from its start to its end.
struct ToolInvocation: Sendable {
    let name: String
    let arguments: [String]
    let input: [UInt8]
    let environment: [String: String]?
    let directory: FilePath?
    let heard: HeardOutput

    var commandLine: CommandLineText { CommandLineText([name] + arguments) }

    func run() async throws -> ToolStatus {
        let result = try await Subprocess.run(
            executable, arguments: Arguments(arguments), environment: variables,
            workingDirectory: directory, platformOptions: ownSession, input: .inputWriter,
            output: .sequence, error: .sequence
        ) { execution in
            do {
                try await converse(with: execution)
            } catch {
                // The leader is not reaped yet, so the number of its group is still its own. It
                // may have ended while others of the group live on; there may be nobody left.
                await execution.teardown(using: ownSession.teardownSequence)
                try? execution.send(signal: .kill, toProcessGroup: true)
                throw error
            }
        }
        switch result.terminationStatus {
        case .exited(let code): return .exited(code)
        case .signaled(let signal): return .killed(by: signal)
        }
    }

    private func converse(
        with execution: Execution<CustomWriteInput, SequenceOutput, SequenceOutput>
    ) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { await feed(execution.standardInputWriter) }
            group.addTask { try await hear(execution.standardOutput, .output) }
            group.addTask { try await hear(execution.standardError, .error) }
            do {
                for try await _ in group {}
            } catch {
                // The other readers see the end of their pipes only when the writers are gone.
                try? execution.send(signal: .kill, toProcessGroup: true)
                throw error
            }
        }
        try Task.checkCancellation()
    }

    /// A tool that does not read all of its input is no error: its status tells.
    private func feed(_ writer: StandardInputWriter) async {
        if !input.isEmpty { _ = try? await writer.write(input) }
        try? await writer.finish()
    }

    private func hear(
        _ sequence: SubprocessOutputSequence, _ stream: HeardOutput.Stream
    ) async throws {
        for try await buffer in sequence {
            try buffer.withUnsafeBytes { try heard.append($0, to: stream) }
        }
    }

    private var executable: Executable {
        name.contains("/") ? .path(FilePath(name)) : .name(name)
    }

    private var variables: Environment {
        guard let environment else { return .inherit }
        return .custom(
            Dictionary(
                uniqueKeysWithValues: environment.compactMap { name, value in
                    Environment.Key(rawValue: name).map { ($0, value) }
                }))
    }

    private var ownSession: PlatformOptions {
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [
            .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .milliseconds(400))
        ]
        return options
    }
}
