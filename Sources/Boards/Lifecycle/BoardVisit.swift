// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Evidence
import Scheduling
import SecureShell
import VirtualBoards
import Vocabulary

/// One stay on a board that has power: connect, bring the agent, work, leave.
struct BoardVisit: Sendable {
    let plan: BoardPlan
    /// Where the board's devices can be pulled out, if they can.
    var slots: MachineSlots?
    let target: SSHTarget
    let provisions: LiveBoard.Provisions
    let console: Console?
    var observer: QEMUObserver?
    /// What switches the board's power, which is asked when the board does not answer.
    var power: PowerSwitch?
    /// What the console said when the board was ready.
    var announcedBoot: String?
    /// How the board was made to boot, where it was.
    var arrival: Arrival?
    /// How QEMU started it, where it did.
    var start: MachineStart?
    /// Until when the board must have answered.
    let boot: Deadline

    func run<Value: Sendable>(
        _ body: @escaping @Sendable (LiveBoard) async throws -> Value
    ) async throws -> Value {
        do {
            let value = try await work(body)
            try IncompleteConsoleLog.check(console, of: plan.name)
            return value
        } catch {
            // Whatever it was: no snapshot may make every stay fail, so the next one boots.
            if case .snapshot(let snapshot) = start { snapshot.discard() }
            throw KernelDeath.blamed(for: error, on: plan.name, console)
        }
    }

    private func work<Value: Sendable>(
        _ body: @escaping @Sendable (LiveBoard) async throws -> Value
    ) async throws -> Value {
        let connection = try await withPanicWatch { try await connect() }
        return try await withCleanup {
            try await withPanicWatch {
                try await withAgent(over: connection, body)
            } onDeath: { death in
                // A dead kernel answers nobody: no clean-up may wait for it.
                await connection.giveUp(because: death.trouble.text)
            }
        } cleanup: {
            await connection.close()
        }
    }

    private func withAgent<Value>(
        over connection: SSHConnection, _ body: (LiveBoard) async throws -> Value
    ) async throws -> Value {
        let deployment = AgentDeployment(
            connection: connection, executable: provisions.agent,
            recording: provisions.recording)
        let start = Deadline.after(
            plan.budgets.boot, for: "the agent of board \(plan.name) to start")
        let (session, identity) = try await deployment.start(deadline: start)
        return try await withCleanup {
            if case .snapshot = self.start {
                try await Resumption.makeGood(with: session, over: connection, deadline: start)
            }
            return try await body(try await introduce(session, identity, connection))
        } cleanup: {
            await session.close(deadline: .after(.seconds(5), for: "the end of the agent"))
        }
    }

    /// Tries until the board has booted; a host key that is not the pinned one is final.
    private func connect() async throws -> SSHConnection {
        do {
            return try await retrying(
                until: boot, pause: .milliseconds(100),
                while: { ($0 as? SSHError)?.mayPass ?? ($0 is DeadlineExceeded || $0 is SameBoot) },
                { try await attempt() })
        } catch let silence as DeadlineExceeded {
            guard let power else { throw silence }
            let limit = Deadline.after(
                plan.budgets.power, for: "the state of the power of board \(plan.name)")
            throw await power.explaining(silence, deadline: limit)
        }
    }

    private func attempt() async throws -> SSHConnection {
        let attempt = boot.part("SSH to \(target.name)", atMost: plan.budgets.connect)
        let connection = try await SSHConnection.connect(to: target, deadline: attempt)
        do {
            try await greet(over: connection)
            return connection
        } catch {
            await connection.close()
            throw error
        }
    }

    /// Sees to it that a board which should boot has done so, and boots this kernel only once.
    private func greet(over connection: SSHConnection) async throws {
        guard let arrival else { return }
        let hand = BoardHand(board: plan.name, connection: connection, budgets: plan.budgets)
        let bootID = try await hand.identity().bootID
        if bootID == arrival.earlierBoot { throw SameBoot(bootID: bootID) }
        arrival.seen.see(bootID)
        _ = try await arrival.method.disarm(with: hand)
    }

    private func introduce(
        _ agent: AgentSession, _ hello: AgentIdentity, _ connection: SSHConnection
    ) async throws -> LiveBoard {
        let files = AgentFiles(agent, patience: plan.budgets.step)
        guard let pageSize = Granule(hello.pageSize) else {
            throw Fault(
                kind: .bench,
                account: Account(
                    subject: "board \(plan.name)", action: "tell its page size",
                    cause: "the agent says \(hello.pageSize)"))
        }
        let address = hello.controller
        return LiveBoard(
            name: plan.name,
            identity: try await .read(from: files, release: hello.kernelRelease),
            announcedBoot: announcedBoot, connection: connection, agent: agent,
            agentIdentity: hello, files: files, slots: slots, pageSize: pageSize,
            controllerAddress: address.isEmpty ? nil : address, console: console,
            observer: observer, budgets: plan.budgets, start: start, arrival: arrival)
    }

    /// Ends the work as soon as the console says that the kernel is dead.
    private func withPanicWatch<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value,
        onDeath: @escaping @Sendable (KernelDeath) async -> Void = { _ in }
    ) async throws -> Value {
        guard let console else { return try await work() }
        let firstLine = console.nextLine
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await work() }
            group.addTask {
                let forever = Deadline.after(.seconds(1 << 30), for: "a panic")
                let line = try? await console.line(
                    containing: [], from: firstLine, orDeath: true, deadline: forever)
                guard line != nil, let trouble = console.death else { return nil }
                let death = KernelDeath(board: plan.name, trouble: trouble)
                await onDeath(death)
                throw death
            }
            while let next = try await group.next() {
                if let value = next {
                    group.cancelAll()
                    return value
                }
            }
            throw CancellationError()
        }
    }
}

extension SSHError {
    /// Whether a board that is still booting may be the reason.
    var mayPass: Bool {
        switch cause {
        case .unreachable, .dropped, .deadline: true
        default: false
        }
    }
}
