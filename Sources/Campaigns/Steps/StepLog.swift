// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Boards
import Evidence
import Scheduling
import Vocabulary

extension StepRunner {
    /// Asks the agent between two readings of the kernel's log, and keeps what the log gained.
    ///
    /// - Returns: the answer, or nothing where the kernel said no.
    /// - Throws: `StepObstacle` where the agent itself would not do it.
    mutating func askWithLog<Request: AgentRequest>(
        _ request: Request, through holder: ContainerName?, into record: inout StepRecord
    ) async throws -> Request.Answer? {
        let before = try await files.kernelLog()
        let answer: Result<Request.Answer?, any Error>
        do {
            answer = .success(
                try await ask(request, expecting: stage, through: holder, into: &record))
        } catch {
            answer = .failure(error)
        }
        try await keepLog(since: before, index: record.index)
        return try answer.get()
    }

    /// Keeps what the kernel's log gained since it was read.
    mutating func keepLog(since before: String, index: Int) async throws {
        let growth = KernelLogGrowth(from: before, to: try await files.kernelLog())
        gained.append(
            RawText(
                source: .kernelLog, file: SnapshotPlan.prefix(index) + ".dmesg.txt",
                text: growth.added))
    }
}
