// SPDX-License-Identifier: GPL-3.0-or-later

import Subprocess
package import SystemPackage
package import VirtualBoards

/// A console that a command of the lab brings: ser2net, conserver, IPMI SOL, a shell script.
package enum CommandConsole {
    /// Records what the command writes for as long as the body runs, then ends the command.
    ///
    /// A console that ends by itself is no error: the record just stops there, and says so.
    /// - Throws: `Errno` of the log file; what the body throws.
    package static func withConsole<Value>(
        of command: ControllerCommand, log: FilePath, longestSilence: Duration? = nil,
        _ body: (Console) async throws -> Value
    ) async throws -> Value {
        let console = try Console(log: log, isRunning: true, longestSilence: longestSilence)
        // Not a child task: the caller's cancellation must not end the record of the clean-up.
        let recorder = Task { await record(command, into: console) }
        let result: Result<Value, any Error>
        do { result = .success(try await body(console)) } catch { result = .failure(error) }
        recorder.cancel()
        await recorder.value
        return try result.get()
    }

    private static func record(_ command: ControllerCommand, into console: Console) async {
        defer { console.end() }
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [
            .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(1))
        ]
        let executable: Executable =
            command.program.contains("/")
            ? .path(FilePath(command.program)) : .name(command.program)
        do {
            _ = try await Subprocess.run(
                executable, arguments: Arguments(command.arguments), platformOptions: options,
                input: .none, output: .sequence, error: .discarded
            ) { execution in
                for try await buffer in execution.standardOutput {
                    buffer.withUnsafeBytes { console.take($0) }
                }
            }
        } catch is CancellationError {
            return
        } catch {
            console.take(Array("\ndoorbell: the console command failed: \(error)\n".utf8))
        }
    }
}
