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
    let hold: BoardHold
    let pageSize: Granule
    /// How long one request may take.
    let patience: Duration
    var stage: Stage

    /// Carries out one step.
    /// - Throws: the agent's and the board's own faults, never a refusal of the kernel.
    mutating func run(_ step: Step, index: Int) async throws -> StepRecord {
        var record = StepRecord(index: index, step: step)
        do {
            try await perform(step, into: &record)
        } catch let obstacle as StepObstacle {
            record.notDone = obstacle.description
        }
        return record
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

    /// Asks the agent and notes its kernel calls, of a refused request too.
    /// - Returns: the answer, or nothing where the kernel said no.
    /// - Throws: `StepObstacle` where the agent itself would not do it.
    func ask<Request: AgentRequest>(
        _ request: Request, into record: inout StepRecord
    ) async throws -> Request.Answer? {
        do {
            let deadline = Deadline.after(patience, for: "step \(record.index): \(record.step)")
            let reply = try await agent.perform(request, deadline: deadline)
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
