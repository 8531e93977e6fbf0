// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import Evidence
import Judgement
import Passthrough
import ReferenceModel
import ResultArchive
import Vocabulary

/// Where the cases of one board are played, archived and judged.
struct CaseTable: Sendable {
    let live: LiveBoard
    let bench: CaseBench
    let survey: BoardSurvey
    /// What the lab says of doorbells.
    let stated: [DoorbellNode]
    let kernel: KernelRecord
    let lifelines: BoardLifelines
    let overrides: ModelOverrides
    let programs: ProgramKitchen
    let archive: BoardArchive
    let log: RunLog

    /// Plays a case to its verdict.
    /// - Throws: `ArchiveError`, `CancellationError`; every other failure is an inconclusive outcome.
    func play(_ entry: SuiteCase, of order: SuiteOrder) async throws -> JudgedOutcome {
        let start = ContinuousClock.now
        let suite = order.suite.name
        let folder = try archive.openCase(entry.name, of: suite)
        let announced = JournalEvent.caseBegan(
            board: live.name, suite: suite, name: entry.name, steps: entry.steps.count)
        try await log.tell(announced)
        let judgement: CaseJudgement?
        let verdict: Verdict
        switch await result(of: entry, of: order, folder) {
        case .success(let judged): (verdict, judgement) = (judged.verdict, judged)
        case .failure(let error) where error is ArchiveError || error is CancellationError:
            throw error
        case .failure(let error):
            verdict = .inconclusive(
                BoardRun.fault(await live.diagnosis(of: error), board: live.name))
            judgement = nil
            try folder.write(
                CaseJudgement(verdict: verdict, results: [], keyFacts: []), of: kernel)
        }
        var outcome = CaseOutcome(
            board: live.name, suite: suite, name: entry.name, verdict: verdict,
            took: start.duration(to: .now))
        outcome.simulation = judgement?.simulation
        outcome.isPartlySynthetic = judgement?.isPartlySynthetic == true ? true : nil
        return JudgedOutcome(outcome: outcome, judgement: judgement)
    }

    private func result(
        of entry: SuiteCase, of order: SuiteOrder, _ folder: CaseArchive
    ) async -> Result<CaseJudgement, any Error> {
        do {
            try WarmBoot.check(order.suite, on: live.name, kernel.boot)
            try UnmetAbility.check(entry, hasSlots: live.slots != nil)
            let devices = try DeviceAssignment.assign(
                entry.devices, from: survey.inventory, sparing: Set(lifelines.purposes.keys))
            let record = try await observe(entry, of: order, devices, folder)
            let judged = try judge(record)
            try folder.write(judged, of: kernel)
            return .success(judged)
        } catch {
            return .failure(error)
        }
    }

    /// Carries the case out; what was seen is archived even when it ends in the middle.
    private func observe(
        _ entry: SuiteCase, of order: SuiteOrder, _ devices: [DeviceName: PCIAddress],
        _ folder: CaseArchive
    ) async throws -> CaseRecord {
        let suite = order.suite.name
        var program: [UInt8]?
        if let wanted = entry.program {
            program = try await programs.bytes(of: wanted, in: order.source)
        }
        let run = CaseRun(
            board: live, bench: bench, suite: suite, suiteCase: entry, devices: devices,
            survey: survey, program: program)
        let result: Result<Void, any Error>
        do {
            try await run.run { step in
                for text in step.texts { try folder.write(text) }
                let event = JournalEvent.stepDone(
                    board: live.name, suite: suite, name: entry.name, step: step)
                try await log.tell(event)
            }
            result = .success(())
        } catch {
            result = .failure(error)
        }
        let record = await run.record
        for text in record.texts { try folder.write(text) }
        try folder.write(record)
        try result.get()
        return record
    }

    private func judge(_ record: CaseRecord) throws -> CaseJudgement {
        try CaseJudge(board: survey.evidence.stating(stated), kernel: kernel, overrides: overrides)
            .judge(record)
    }
}
