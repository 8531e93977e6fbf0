// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Boards
import Evidence
import Passthrough
import Scheduling
import Vocabulary

/// Carries out the steps of one case through the agent and writes down what it did.
///
/// A kernel that refuses is a normal outcome and stands in the record. Only what keeps the record
/// from being true is thrown: an agent that died, a connection that dropped.
struct StepRunner {
    let agent: AgentSession
    let files: AgentFiles
    let hold: BoardHold
    let pageSize: Granule
    /// How long one request may take.
    let patience: Duration
    /// Why no device of the board may be reset, where the lab says so.
    let sparesResets: String?
    var stage: Stage
    /// What was read behind the newest request of the step that is being carried out.
    private var landed: (tickets: SnapshotPlan.Tickets, replies: AgentReplies)?

    init(
        agent: AgentSession, files: AgentFiles, hold: BoardHold, pageSize: Granule,
        patience: Duration, sparesResets: String? = nil, stage: Stage
    ) {
        self.agent = agent
        self.files = files
        self.hold = hold
        self.pageSize = pageSize
        self.patience = patience
        self.sparesResets = sparesResets
        self.stage = stage
    }

    /// A step that was carried out or refused.
    struct Outcome {
        var record: StepRecord
        /// Why the texts behind the step are missing, where they are.
        var missing: (any Error)?
    }

    /// Carries out one step, and reads what it may have changed.
    /// - Throws: the agent's and the board's own faults, never a refusal of the kernel.
    mutating func run(_ step: Step, index: Int) async throws -> Outcome {
        var record = StepRecord(index: index, step: step)
        landed = nil
        do {
            try await perform(step, into: &record)
        } catch let obstacle as StepObstacle {
            record.notDone = obstacle.description
        }
        do {
            record.texts = try await snapshot(after: step, index: index)
            return Outcome(record: record)
        } catch {
            return Outcome(record: record, missing: error)
        }
    }

    private mutating func perform(_ step: Step, into record: inout StepRecord) async throws {
        switch step {
        case .open(let container): try await open(container, into: &record)
        case .close(let container): try await close(container, into: &record)
        case .attach(let device, let container):
            try await attach(device, to: container, into: &record)
        case .detach(let device): try await detach(device, into: &record)
        case .map(let container, let at, let size):
            try await map(in: container, at: at, size: size, into: &record)
        case .unmap(let container, let at, let size):
            try await unmap(in: container, at: at, size: size, into: &record)
        case .arm(let device, let kind, let vectors):
            try await arm(device, kind, vectors: vectors, into: &record)
        case .ring(let device, let vector, let count):
            try await ring(device, vector, count: count, into: &record)
        case .disarm(let device): try await disarm(device, into: &record)
        case .reset(let device): try await reset(device, into: &record)
        case .allowUnsafeInterrupts(let allowed): try await hold.setGate(open: allowed)
        case .openBeside, .window, .loopback, .mask, .steer, .busMaster, .transfer, .disturb,
            .move, .giveBack, .kill:
            throw StepObstacle.beyondTheAgent(step)
        }
    }

    /// What came behind the step's last request, or is read now: where the step went another way
    /// than was expected, other things are to be read.
    private func snapshot(after step: Step, index: Int) async throws -> [RawText] {
        let plan = SnapshotPlan.after(step, index: index, stage: stage)
        if let landed, landed.tickets.plan == plan {
            return try await landed.tickets.texts(from: landed.replies, through: files)
        }
        return try await snapshot(plan)
    }

    /// Reads what a plan names.
    func snapshot(_ plan: SnapshotPlan) async throws -> [RawText] {
        var flight = AgentFlight()
        let tickets = plan.board(&flight)
        let replies = await files.fly(flight, for: "the evidence behind a step")
        return try await tickets.texts(from: replies, through: files)
    }
}

// MARK: Asking the agent

extension StepRunner {
    /// Asks the agent, notes its kernel calls, and reads behind it what the step may have changed.
    ///
    /// `expected` is the stage as it will be if everything succeeds.
    /// - Returns: the answer, or nothing where the kernel said no.
    /// - Throws: `StepObstacle` where the agent itself would not do it.
    mutating func ask<Request: AgentRequest>(
        _ request: Request, expecting expected: Stage, into record: inout StepRecord
    ) async throws -> Request.Answer? {
        var flight = AgentFlight()
        let ticket = flight.add(request)
        let replies = await fly(flight, expecting: expected, for: record)
        return try note(ticket, in: replies, into: &record)
    }

    /// Sends the last requests of a step, and the readings behind them.
    mutating func fly(
        _ flight: AgentFlight, expecting expected: Stage, for record: StepRecord
    ) async -> AgentReplies {
        var flight = flight
        let plan = SnapshotPlan.after(record.step, index: record.index, stage: expected)
        let tickets = plan.board(&flight)
        let deadline = Deadline.after(patience, for: "step \(record.index): \(record.step)")
        let replies = await agent.perform(flight, deadline: deadline)
        landed = (tickets, replies)
        return replies
    }

    /// Notes the kernel calls of a request that flew, of a refused one too.
    /// - Returns: the answer, or nothing where the kernel said no, or the request was skipped.
    /// - Throws: `StepObstacle` where the agent itself would not do it.
    func note<Request: AgentRequest>(
        _ ticket: AgentFlight.Ticket<Request>, in replies: AgentReplies,
        into record: inout StepRecord
    ) throws -> Request.Answer? {
        do {
            guard let reply = try replies.replyUnlessSkipped(to: ticket) else { return nil }
            record.calls += reply.calls.map(Evidence.CallRecord.init)
            return reply.answer
        } catch let error as AgentError {
            guard case .refused(let refused) = error.cause else { throw error }
            record.calls += refused.calls.map(Evidence.CallRecord.init)
            throw StepObstacle(description: refused.refusal.description)
        }
    }

    func device(_ name: DeviceName) throws(StepObstacle) -> Stage.Device {
        guard let device = stage.devices[name] else { throw .notAttached(name) }
        return device
    }

    func container(_ name: ContainerName) throws(StepObstacle) -> Stage.Container {
        guard let container = stage.containers[name] else { throw .notOpen(name) }
        return container
    }
}

extension Evidence.CallRecord {
    /// The agent's record of a call, as it is archived.
    init(_ call: AgentProtocol.CallRecord) {
        self.init(
            name: call.call.description, result: call.result,
            errno: call.errno, began: call.began, ended: call.ended)
    }
}
