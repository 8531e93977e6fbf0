// SPDX-License-Identifier: GPL-3.0-or-later

import Scheduling
import Subprocess
import SystemPackage
import Vocabulary

/// A console that a command brings: what it writes on standard output.
package struct CommandConsole: ConsoleSource {
    package let title: String
    package let comesBack: Bool
    private let command: ControllerCommand
    /// Runs first, whatever becomes of it.
    private let preparation: ControllerCommand?
    /// What the command says by itself; nothing where all that it writes is the board's.
    private let speech: ClientSpeech?

    /// A command of the lab, which runs once.
    package init(_ command: ControllerCommand) {
        self.init(command, title: "the command \(command.program)", comesBack: false)
    }

    init(
        _ command: ControllerCommand, title: String, comesBack: Bool,
        preparation: ControllerCommand? = nil, speech: ClientSpeech? = nil
    ) {
        (self.title, self.comesBack) = (title, comesBack)
        (self.command, self.preparation) = (command, preparation)
        self.speech = speech
    }

    /// Runs the command and listens until it ends.
    package func listen(_ listener: ConsoleListener) async throws {
        if let preparation {
            _ = try? await Tool.run(
                preparation.program, preparation.arguments,
                deadline: .after(.seconds(20), for: "`\(preparation.program)`"))
            try Task.checkCancellation()
        }
        let status = try await run(listener)
        guard status.isSuccess else {
            throw Fault(
                kind: .bench,
                account: Account(
                    subject: title, action: "go on", cause: "the command ended with \(status)"))
        }
    }

    /// Its standard input stays open and silent: ipmitool ends when it can read nothing more.
    private func run(_ listener: ConsoleListener) async throws -> TerminationStatus {
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [
            .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(1))
        ]
        let executable: Executable =
            command.program.contains("/")
            ? .path(FilePath(command.program)) : .name(command.program)
        let result = try await Subprocess.run(
            executable, arguments: Arguments(command.arguments), platformOptions: options,
            input: .inputWriter, output: .sequence, error: .discarded
        ) { execution in
            var speech = speech
            for try await buffer in execution.standardOutput {
                let bytes = buffer.withUnsafeBytes { Array($0) }
                Self.tell(speech?.take(bytes) ?? [.board(bytes)], to: listener)
            }
            Self.tell(speech?.finish() ?? [], to: listener)
            try? await execution.standardInputWriter.finish()
        }
        return result.terminationStatus
    }

    /// What the client says stands in the record as a note: it is not the board's.
    private static func tell(_ pieces: [ClientSpeech.Piece], to listener: ConsoleListener) {
        for piece in pieces {
            switch piece {
            case .board(let bytes): listener.take(bytes)
            case .client(let line): listener.note(line)
            }
        }
    }
}

extension CommandConsole {
    /// The console that a conserver keeps, spied on: nothing is written to the board.
    package static func conserver(_ access: ConserverAccess) -> CommandConsole {
        let port = access.port.map { ["-p", "\($0)"] } ?? []
        return CommandConsole(
            ControllerCommand(
                program: "console",
                arguments: ["-M", access.host] + port + ["-s", access.console]),
            title: "conserver's console \(access.console) at \(access.host)", comesBack: true,
            speech: .conserver)
    }

    /// Serial over LAN of a BMC; a session that was left open is closed first.
    package static func serialOverLAN(_ access: IPMIAccess) -> CommandConsole {
        CommandConsole(
            access.command(["sol", "activate"]), title: "serial over LAN of \(access.title)",
            comesBack: true, preparation: access.command(["sol", "deactivate"]),
            speech: .ipmitool)
    }
}

/// Which console of which conserver it is.
package struct ConserverAccess: Sendable, Hashable {
    /// The console's name in conserver's configuration.
    package let console: String
    package let host: String
    /// A TCP port; without, the one that `console` was made for.
    package let port: UInt16?

    package init(console: String, host: String, port: UInt16? = nil) {
        (self.console, self.host, self.port) = (console, host, port)
    }
}
