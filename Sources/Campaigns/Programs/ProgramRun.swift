// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import Evidence
import Passthrough
import Scheduling
import SecureShell
import Vocabulary

/// One run of a foreign program on a live board.
struct ProgramRun: Sendable {
    let board: LiveBoard
    let program: ForeignProgram
    let taken: [DeviceName: TakenDevice]

    /// What of each output is kept; a program that says more is ended.
    private static let limit = ByteCount.mebibytes(4)
    /// By what its processes are found again.
    private static let mark = "DOORBELL_PROGRAM"

    /// How it ended, and what it printed.
    struct Outcome: Sendable {
        var ending: ProgramRecord.Ending
        var output: CommandOutput
        var took: Duration
    }

    /// Its words behind the name, with the board's own addresses.
    var arguments: [String] {
        program.arguments.map { argument in
            switch argument {
            case .text(let text): text
            case .device(let name): taken[name]?.address.description ?? ""
            case .group(let name): taken[name].map { "\($0.group)" } ?? ""
            }
        }
    }

    /// Brings the program to the board and runs it to its end, latest to its deadline.
    ///
    /// - Throws: what keeps it from being run: a lost connection, a board without room.
    func run(_ bytes: [UInt8]) async throws -> Outcome {
        let start = Deadline.after(board.budgets.step, for: "the upload of \(program.name)")
        let path = try await board.connection.install(
            bytes, in: AgentDeployment.usualFolder, named: "program", deadline: start)
        let token = String(UInt64.random(in: UInt64.min...UInt64.max), radix: 36)
        let command = RemoteCommand(
            path.description, arguments, environment: environment.merging([Self.mark: token]) { $1 }
        )
        let began = ContinuousClock.now
        var outcome = try await outcome(of: command, token)
        outcome.took = began.duration(to: .now)
        return outcome
    }

    private func outcome(of command: RemoteCommand, _ token: String) async throws -> Outcome {
        let deadline = Deadline.after(program.patience, for: "\(program.name) to end")
        do {
            let result = try await board.connection.run(
                command, outputLimit: Self.limit, deadline: deadline)
            return Outcome(
                ending: .init(result.status), output: result.output, took: .zero)
        } catch let error as SSHError {
            switch error.cause {
            case .deadline:
                let isThere = await outlives(token)
                return Outcome(
                    ending: .overran(isStillThere: isThere), output: error.heard, took: .zero)
            case .tooMuchOutput(let limit):
                return Outcome(
                    ending: .printedTooMuch(limit: limit), output: error.heard, took: .zero)
            case .noStatus:
                // Dropbear tells no status of a signal that it has no name for.
                return Outcome(
                    ending: .killed(signal: "unknown"), output: error.heard, took: .zero)
            default: throw error
            }
        }
    }

    private var environment: [String: String] {
        var variables = program.environment
        for (name, device) in taken {
            let word = String(name.text.uppercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })
            variables["DOORBELL_DEVICE_\(word)"] = device.address.description
            variables["DOORBELL_GROUP_\(word)"] = "\(device.group)"
        }
        return variables
    }

    /// Whether a process of the program is there although it was killed: the board is asked until
    /// none is, and a board that cannot look at one has one.
    private func outlives(_ token: String) async -> Bool {
        let deadline = Deadline.after(.seconds(15), for: "the end of \(program.name)")
        let command = RemoteCommand(script: Self.waiting, ["\(Self.mark)=\(token)"])
        let result = try? await board.connection.run(command, deadline: deadline)
        return result?.status != .exited(0)
    }

    /// Nobody tells of the end of somebody else's process, so it looks ten times in a second.
    private static let waiting = #"""
        there() {
            for process in /proc/[0-9]*; do
                grep -q "$1" "$process/environ" 2>/dev/null || continue
                case $process in /proc/$$) ;; *) return 0;; esac
            done
            return 1
        }
        tries=100
        while there "$1"; do
            tries=$((tries - 1))
            [ $tries -gt 0 ] || exit 1
            sleep 0.1
        done
        """#
}

extension ProgramRecord.Ending {
    fileprivate init(_ status: RemoteStatus) {
        switch status {
        case .exited(let status): self = .exited(status: status)
        case .killed(let signal): self = .killed(signal: signal)
        }
    }
}
