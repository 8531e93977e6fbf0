// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Campaigns
import Glibc
import Vocabulary

@main
struct Doorbell: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doorbell",
        abstract: "Tells whether an ARM64 kernel maps PCIe MSIs correctly under VFIO.",
        discussion: """
            Exit status: 0 agrees, 1 differs, 2 usage or an invalid file, 3 inconclusive,
            4 an error of doorbell itself, 130 interrupted. With run --bisect-exit: 0 good, 1 bad,
            125 this kernel cannot be judged, 128 the bench failed.
            """,
        subcommands: [
            RunCommand.self, ModelCommand.self, JudgeCommand.self, CheckCommand.self,
            ListCommand.self, KernelCommand.self, PCICommand.self, BoardCommand.self,
            TraceCommand.self, MutantsCommand.self, BisectCommand.self, BenchCommand.self,
        ])

    static func main() async {
        // A limit on the size of files (ulimit -f) is told like a full disk: boards are given back.
        signal(SIGXFSZ, SIG_IGN)
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            leave(with: error)
        }
    }

    /// Says what went wrong on standard error and ends with the status that tells whose fault it is.
    private static func leave(with error: any Error) -> Never {
        if let status = error as? BisectStatus { Glibc.exit(status.rawValue) }
        if let status = error as? ExitStatus { end(status) }
        if error is CancellationError { end(.interrupted) }
        if let blame = error as? any Blame {
            // Editors and CI read `file:line:column:` at the beginning of the line.
            let prefix = error is LanguageError ? "" : "doorbell: "
            Terminal.standardError.say(prefix + blame.description)
            end(ExitStatus(blame.kind))
        }
        guard exitCode(for: error) != .success else {
            print(fullMessage(for: error))
            end(.agrees)
        }
        Terminal.standardError.say(fullMessage(for: error))
        let isUsage = exitCode(for: error) == .validationFailure
        end(isUsage ? .usage : .harness)
    }

    /// Whatever else happens, git is told neither that a kernel is good nor that it is bad.
    private static func end(_ status: ExitStatus) -> Never {
        Glibc.exit(Interruption.isBisecting ? BisectStatus.stop.rawValue : status.rawValue)
    }
}
