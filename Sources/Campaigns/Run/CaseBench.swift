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
    let snapshots: Snapshots
    let files: AgentFiles

    /// Repairs what a dead run left, and makes the board ready for the first case.
    static func prepare(on board: LiveBoard) async throws -> (CaseBench, BoardLifelines) {
        let files = board.files
        try await VFIODrivers.load(on: board)
        let lifelines = try await BoardLifelines.read(
            from: files, controller: board.controllerAddress)
        let hold = try await BoardHold(
            binder: DeviceBinder(files: files, lifelines: lifelines),
            gate: UnsafeInterruptsGate(files: files))
        let bench = CaseBench(
            hold: hold,
            trace: try await TraceInstance.start(named: "doorbell", on: files),
            snapshots: Snapshots(
                agent: board.agent, files: files, patience: board.budgets.step), files: files)
        return (bench, lifelines)
    }

    func kernelLog() async throws -> String { try await files.kernelLog() }

    /// Reads the evidence of a whole case.
    func collect(since before: String) async throws -> [RawText] {
        let (text, statistics) = try await trace.collect()
        let growth = KernelLogGrowth(from: before, to: try await kernelLog())
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

    /// Leaves the board as it was found.
    func leave() async {
        await hold.giveBack()
        // The instance dies with the next boot anyway.
        try? await trace.remove()
    }
}
