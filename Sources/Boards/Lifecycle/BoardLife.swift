// SPDX-License-Identifier: GPL-3.0-or-later

import Scheduling
import SecureShell
package import SystemPackage
import VirtualBoards
import Vocabulary

extension LiveBoard {
    /// What a life leaves in the archive, and what it needs from the controller.
    package struct Provisions: Sendable {
        /// Gets the console, each line with its times.
        package let consoleLog: FilePath
        /// The agent's executable for boards.
        package let agent: FilePath
        /// Gets the conversation with the agent, for the benchmarks.
        package let recording: AgentRecording?
        /// Gets what a dead kernel has left in the board's persistent store; without, it stays there.
        package let shelf: (any RecordShelf)?

        package init(
            consoleLog: FilePath, agent: FilePath, recording: AgentRecording? = nil,
            shelf: (any RecordShelf)? = nil
        ) {
            self.consoleLog = consoleLog
            self.agent = agent
            self.recording = recording
            self.shelf = shelf
        }
    }

    /// Brings a board to life, gives it to the body, and leaves it as it was found.
    ///
    /// A virtual board is switched on before and off after. A remote one is switched on where it is
    /// off and can be, and stays on.
    /// - Throws: a `Blame` of power, console, SSH or agent; a kernel that panicked meanwhile is
    ///   blamed instead of the connection that it took along.
    package static func withBoard<Value: Sendable>(
        _ plan: BoardPlan, provisions: Provisions,
        _ body: @escaping @Sendable (LiveBoard) async throws -> Value
    ) async throws -> Value {
        let boot = plan.bootDeadline
        switch plan.access {
        case .virtual(let spec, let image):
            return try await VirtualMachine.withMachine(
                spec, image: image, consoleLog: provisions.consoleLog, deadline: boot
            ) { machine in
                let visit = BoardVisit(
                    plan: plan, slots: machine.slots, target: try SSHTarget(machine),
                    provisions: provisions, console: machine.console, observer: machine.observer,
                    announcedBoot: machine.ready.bootID,
                    start: machine.start, boot: boot)
                return try await visit.run(body)
            }
        case .remote(let board):
            return try await withRemote(board, plan, provisions, boot: boot, body)
        }
    }

    private static func withRemote<Value: Sendable>(
        _ board: RemoteBoard, _ plan: BoardPlan, _ provisions: Provisions, boot: Deadline,
        _ body: @escaping @Sendable (LiveBoard) async throws -> Value
    ) async throws -> Value {
        func visit(_ console: Console?) async throws -> Value {
            if let power = board.power {
                let limit = boot.part("the power of board \(plan.name)", atMost: plan.budgets.power)
                if try await power.isOn(deadline: limit) == false {
                    console?.expectBoot()
                    try await power.on(deadline: limit)
                }
            }
            if let errand = board.errand {
                let stay = RemoteStay(
                    plan: plan, board: board, errand: errand, provisions: provisions,
                    console: console, boot: boot)
                return try await stay.run(body)
            }
            let visit = BoardVisit(
                plan: plan, target: board.target, provisions: provisions, console: console,
                power: board.power, boot: boot)
            return try await visit.run(body)
        }
        guard let source = board.console else { return try await visit(nil) }
        return try await ConsoleRecorder.withConsole(
            of: source, log: provisions.consoleLog, longestSilence: plan.budgets.connect
        ) { try await visit($0) }
    }
}

extension SSHTarget {
    /// How a virtual board is reached: its key was made beforehand, and no other is accepted.
    fileprivate init(_ machine: BootedMachine) throws {
        let login = machine.login
        guard let pin = HostKeyPin(login.hostKey.description) else {
            throw Fault(
                kind: .harness,
                account: Account(
                    subject: "board \(machine.name)", action: "pin its host key",
                    cause: "'\(login.hostKey)' is no public key"))
        }
        self.init(
            name: "board \(machine.name)", host: login.host, port: login.port, user: login.user,
            hostKeys: [pin], authentication: .keyFile(login.clientKey))
    }
}
