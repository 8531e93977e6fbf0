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
    let binder: DeviceBinder
    let gate: UnsafeInterruptsGate
    let trace: TraceInstance
    let snapshots: Snapshots
    let files: AgentFiles

    /// Repairs what a dead run left, and makes the board ready for the first case.
    static func prepare(on board: LiveBoard) async throws -> (CaseBench, BoardLifelines) {
        let files = board.files
        let lifelines = try await BoardLifelines.read(
            from: files, controller: board.controllerAddress)
        let binder = DeviceBinder(files: files, lifelines: lifelines)
        _ = try await binder.giveBackAll()
        let gate = UnsafeInterruptsGate(files: files)
        try await gate.giveBack()
        let bench = CaseBench(
            binder: binder, gate: gate,
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

    /// Gives back what a case took; what cannot be given back now is repaired by the next run.
    func restore(_ board: LiveBoard) async {
        // Errors here would hide the first one; the notes on the board keep what is left to do.
        let deadline = Deadline.after(.seconds(10), for: "the agent to release everything")
        do {
            _ = try await board.agent.perform(ReleaseAll(), deadline: deadline)
        } catch {
            // Nothing else would be answered either. The agent releases when its stream ends.
            return await board.connection.giveUp(because: "\(error)")
        }
        _ = try? await binder.giveBackAll()
    }

    /// Leaves the board as it was found.
    func leave() async {
        // What stays in the wrong place has a note, and the next run repairs it.
        try? await gate.giveBack()
        // The instance dies with the next boot anyway.
        try? await trace.remove()
    }
}
