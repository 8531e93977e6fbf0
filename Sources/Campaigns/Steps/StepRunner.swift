// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Boards
import Evidence
import Passthrough
import Scheduling
import VirtualBoards
import Vocabulary

/// Carries out the steps of one case through the agent and writes down what it did.
///
/// A kernel that refuses is a normal outcome and stands in the record. Only what keeps the record
/// from being true is thrown: an agent that died, a connection that dropped.
struct StepRunner {
    let agent: AgentSession
    let files: AgentFiles
    let hold: BoardHold
    /// Where devices can be pulled out, if they can.
    let slots: MachineSlots?
    let pageSize: Granule
    /// How long one request may take.
    let patience: Duration
    /// Why no device of the board may be reset, where the lab says so.
    let sparesResets: String?
    /// What the case asks of each device.
    let requirements: [DeviceName: DeviceRequirement]
    var stage: Stage
    var holders: Holders
    /// Known once the first evidence was read.
    var doorbells: KnownDoorbells?
    /// Texts that a step kept on its way.
    var gained: [RawText] = []
    /// What was read behind the newest request of the step that is being carried out.
    private var landed: (tickets: SnapshotPlan.Tickets, replies: AgentReplies)?

    init(
        agent: AgentSession, files: AgentFiles, hold: BoardHold, slots: MachineSlots?,
        pageSize: Granule,
        patience: Duration, sparesResets: String? = nil,
        requirements: [DeviceName: DeviceRequirement], stage: Stage, holders: Holders
    ) {
        self.agent = agent
        self.files = files
        self.hold = hold
        self.slots = slots
        self.pageSize = pageSize
        self.patience = patience
        self.sparesResets = sparesResets
        self.requirements = requirements
        self.stage = stage
        self.holders = holders
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
        gained = []
        do {
            try await perform(step, into: &record)
            try await seeOff(record)
        } catch let obstacle as StepObstacle {
            record.notDone = obstacle.description
            record.blames = obstacle.kind
        }
        do {
            record.texts = gained
            record.texts += try await snapshot(after: step, index: index)
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
        default: try await performOnDevice(step, into: &record)
        }
    }

    private mutating func performOnDevice(
        _ step: Step, into record: inout StepRecord
    ) async throws {
        switch step {
        case .traffic(let plan): try await traffic(plan, into: &record)
        case .loopback(let device, let vector, let count):
            try await loopback(device, vector, count: count, into: &record)
        case .mask(let device, let vector, let masked):
            try await mask(device, vector, masked: masked, into: &record)
        case .steer(let device, let vector, let processor):
            try await steer(device, vector, to: processor, into: &record)
        case .busMaster(let device, let enabled):
            try await busMaster(device, enabled: enabled, into: &record)
        case .transfer(let device, let moved):
            try await transfer(device, moved, into: &record)
        case .disturb(let device): try await disturb(device, into: &record)
        case .giveBack(let device): try await giveBack(device, into: &record)
        case .unplug(let device): try await unplug(device, into: &record)
        case .plug(let device): try await plug(device, into: &record)
        case .kill(let container): try await kill(container, into: &record)
        default: throw StepObstacle.beyondTheAgent(step)
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

    /// Reads what a plan names; what other agents hold through those.
    func snapshot(_ plan: SnapshotPlan) async throws -> [RawText] {
        var texts: [RawText] = []
        for (holder, part) in plan.parts {
            var flight = AgentFlight()
            let tickets = part.board(&flight)
            let purpose = "the evidence behind a step"
            let replies =
                holder == nil
                ? await files.fly(flight, for: purpose)
                : await session(of: holder).perform(
                    flight, deadline: .after(patience, for: purpose))
            texts += try await tickets.texts(from: replies, through: files)
        }
        return texts
    }
}

// MARK: Asking the agent

extension StepRunner {
    /// Asks the agent, notes its kernel calls, and reads behind it what the step may have changed.
    ///
    /// `expected` is the stage as it will be if everything succeeds, `through` the container whose
    /// agent is asked, where it has one of its own.
    /// - Returns: the answer, or nothing where the kernel said no.
    /// - Throws: `StepObstacle` where the agent itself would not do it.
    mutating func ask<Request: AgentRequest>(
        _ request: Request, expecting expected: Stage, through holder: ContainerName? = nil,
        allowing time: Duration? = nil, into record: inout StepRecord
    ) async throws -> Request.Answer? {
        var flight = AgentFlight()
        let ticket = flight.add(request)
        let holder = holder ?? record.step.device.flatMap { stage.devices[$0]?.holder }
        let replies = await fly(
            flight, expecting: expected, through: holder, allowing: time, for: record)
        return try note(ticket, in: replies, into: &record)
    }

    /// Sends the last requests of a step, and the readings behind them.
    mutating func fly(
        _ flight: AgentFlight, expecting expected: Stage, through holder: ContainerName? = nil,
        allowing time: Duration? = nil, for record: StepRecord
    ) async -> AgentReplies {
        var flight = flight
        let deadline = Deadline.after(
            time ?? patience, for: "step \(record.index): \(record.step)")
        let plan = SnapshotPlan.after(record.step, index: record.index, stage: expected)
        // Where several agents hold devices, each reads its own behind the step.
        guard holders.agents.isEmpty else {
            return await session(of: holder).perform(flight, deadline: deadline)
        }
        let tickets = plan.board(&flight)
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
            throw StepObstacle(description: refused.refusal.description, kind: error.kind)
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
