// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Boards
import Evidence
import Passthrough
import Scheduling
import SecureShell
import Vocabulary

/// What all cases on one board use: the binder, the gate, the trace instance, the readers.
struct CaseBench: Sendable {
    let hold: BoardHold
    let trace: TraceInstance
    let files: AgentFiles
    /// Why no device of the board may be reset, where the lab says so.
    let sparesResets: String?

    /// Repairs what a dead run left, and makes the board ready for the first case.
    static func prepare(
        on board: LiveBoard, sparesResets: String?
    ) async throws -> (CaseBench, BoardLifelines) {
        let files = board.files
        try await VFIODrivers.load(on: board)
        let lifelines = try await BoardLifelines.read(
            from: files, controller: board.controllerAddress)
        let hold = try await BoardHold(
            binder: DeviceBinder(files: files, lifelines: lifelines),
            gate: UnsafeInterruptsGate(files: files))
        let bench = CaseBench(
            hold: hold,
            trace: try await TraceInstance.start(named: "doorbell", on: files), files: files,
            sparesResets: sparesResets)
        return (bench, lifelines)
    }

    /// Empties the trace buffers.
    /// - Returns: the kernel's log from before.
    func begin() async throws -> String {
        var flight = AgentFlight()
        let log = flight.add(ReadKernelLog())
        let tickets = trace.clearing.map { flight.add($0) }
        let replies = await files.fly(flight, for: "the trace")
        for report in try await files.reports(of: tickets, in: replies) { try report.succeeded() }
        return try files.kernelLog(log, in: replies)
    }

    /// Reads the evidence of a whole case.
    func collect(since before: String) async throws -> [RawText] {
        var flight = AgentFlight()
        let tickets = trace.collecting.map { flight.add($0) }
        let log = flight.add(ReadKernelLog())
        let replies = await files.fly(flight, for: "the trace")
        let (text, statistics) = try trace.collected(
            try await files.reports(of: tickets, in: replies))
        let growth = KernelLogGrowth(from: before, to: try files.kernelLog(log, in: replies))
        return [
            RawText(source: .trace, file: "trace.txt", text: text),
            RawText(source: .traceStatistics, file: "trace-stats.txt", text: statistics),
            RawText(source: .kernelLog, file: "dmesg.txt", text: growth.added),
        ]
    }

    /// Closes what a case left open at the agent.
    func release(_ board: LiveBoard) async {
        // Errors here would hide the first one; the notes on the board keep what is left to do.
        let deadline = Deadline.after(.seconds(10), for: "the agent to release everything")
        do {
            _ = try await board.agent.perform(ReleaseAll(), deadline: deadline)
        } catch {
            // Nothing else would be answered either. The agent releases when its stream ends.
            await board.connection.giveUp(because: "\(error)")
        }
    }

    /// Puts the devices back that a case has pulled out; the cases behind it need them.
    func refill(_ board: LiveBoard) async throws {
        guard let slots = board.slots else { return }
        try await DeviceSlots(slots: slots, files: files, hold: hold).putAllBack(
            deadline: .after(board.budgets.step, for: "devices to be back in their slots"))
    }

    /// Leaves the board as it was found.
    /// - Returns: what it would not take back.
    func leave() async -> (any Blame)? {
        let loss = await hold.giveBack()
        // The instance dies with the next boot anyway.
        try? await trace.remove()
        return loss
    }
}
