// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Boards
import Evidence
import PCIInventory
import Passthrough
import Scheduling
import SecureShell
import VirtualBoards
import Vocabulary

/// One case on one live board, from the first step to the last piece of evidence.
///
/// The record grows while the case runs. When something breaks, what was seen before is still there.
actor CaseRun {
    private let board: LiveBoard
    private let bench: CaseBench
    private let suiteCase: SuiteCase
    private let survey: BoardSurvey
    /// The bytes of the case's program, where it has one.
    private let program: [UInt8]?
    private(set) var record: CaseRecord

    init(
        board: LiveBoard, bench: CaseBench, suite: SuiteName, suiteCase: SuiteCase,
        devices: [DeviceName: PCIAddress], survey: BoardSurvey, program: [UInt8]? = nil
    ) {
        self.program = program
        self.survey = survey
        self.board = board
        self.bench = bench
        self.suiteCase = suiteCase
        record = CaseRecord(
            board: board.name, suite: suite, name: suiteCase.name, devices: devices,
            unsafeInterruptsAllowed: suiteCase.unsafeInterruptsAllowed,
            agentProcess: Int32(bitPattern: board.agentIdentity.process))
    }

    /// Carries out all steps; what is open is closed and evidence is collected whatever happens.
    ///
    /// - Parameter heard: is told of each step when it is done, with what was seen after it.
    /// - Throws: a fault of board, agent or suite; the record then ends before it.
    func run(heard: (StepRecord) async throws -> Void) async throws {
        let before = try await bench.begin()
        _ = board.observer?.cut()
        let outcome: Result<Void, any Error>
        do {
            try await carryOut(heard)
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        let refilled = await refill()
        try await collect(since: before, after: outcome)
        try outcome.get()
        try refilled.get()
    }

    /// Puts back what the case has left out of its slots, a cancelled one too.
    private func refill() async -> Result<Void, any Error> {
        await Task { [bench, board] in try await bench.refill(board) }.result
    }

    private func carryOut(_ heard: (StepRecord) async throws -> Void) async throws {
        try await withCleanup {
            let stage = Stage(taken: try await takeDevices())
            try await bench.hold.setGate(open: suiteCase.unsafeInterruptsAllowed)
            var runner = StepRunner(
                agent: board.agent, files: bench.files, hold: bench.hold, slots: board.slots,
                pageSize: board.pageSize, patience: board.budgets.step,
                sparesResets: bench.sparesResets, requirements: suiteCase.devices, stage: stage,
                holders: Holders(board: board, steps: suiteCase.steps))
            let bystanders = bystanders
            record.texts += try await runner.snapshot(
                .before(stage: stage, bystanders: bystanders))
            record.texts += observed("before")
            runner.doorbells = KnownDoorbells(survey.evidence, record)
            do {
                try await runProgram(on: runner.stage)
                try await carryOut(with: &runner, heard)
            } catch {
                await runner.holders.releaseAll()
                throw error
            }
            await runner.holders.releaseAll()
            record.texts += try await runner.snapshot(
                suiteCase.program == nil
                    ? .bystanding("after", bystanders)
                    : .around("after", stage: stage, bystanders: bystanders))
        } cleanup: { [bench, board] in
            await bench.release(board)
        }
    }

    private func carryOut(
        with runner: inout StepRunner, _ heard: (StepRecord) async throws -> Void
    ) async throws {
        for (index, step) in suiteCase.steps.enumerated() {
            try Task.checkCancellation()
            let done = try await perform(step, index: index, with: &runner)
            if !runner.holders.processes.isEmpty {
                record.childProcesses = runner.holders.processes
            }
            try await heard(done)
        }
    }

    /// Runs the case's program, where it has one, and keeps what it printed.
    private func runProgram(on stage: Stage) async throws {
        guard let wanted = suiteCase.program, let program else { return }
        let run = ProgramRun(board: board, program: wanted, taken: stage.taken)
        record.program = ProgramRecord(
            program: wanted, hash: ContentHash(of: program).description,
            arguments: run.arguments, ending: .neverRan, milliseconds: 0)
        let outcome = try await run.run(program)
        record.program?.ending = outcome.ending
        record.program?.milliseconds = Int64(outcome.took / .milliseconds(1))
        record.texts += [
            RawText(
                source: .programOutput, file: "program.txt",
                text: String(decoding: outcome.output.standardOutput, as: UTF8.self)),
            RawText(
                source: .programErrors, file: "program-errors.txt",
                text: String(decoding: outcome.output.standardError, as: UTF8.self)),
        ]
    }

    /// Devices with MSI-X that no case has: what is done to others must not change their messages.
    private var bystanders: [PCIAddress] {
        let taken = Set(record.devices.values)
        return survey.inventory.filter {
            $0.capabilityList.msix != nil && !taken.contains($0.address)
        }
        .map(\.address).sorted()
    }

    private func takeDevices() async throws -> [DeviceName: TakenDevice] {
        var taken: [DeviceName: TakenDevice] = [:]
        for (name, address) in record.devices.sorted(by: { $0.key < $1.key }) {
            taken[name] = try await bench.hold.take(address)
        }
        return taken
    }

    private func perform(
        _ step: Step, index: Int, with runner: inout StepRunner
    ) async throws -> StepRecord {
        var outcome = try await runner.run(step, index: index)
        outcome.record.texts += observed(SnapshotPlan.prefix(index))
        record.steps.append(outcome.record)
        if let missing = outcome.missing { throw missing }
        return outcome.record
    }

    /// What was seen from outside since it was last asked for.
    private func observed(_ prefix: String) -> [RawText] {
        guard let observer = board.observer else { return [] }
        return [
            RawText(source: .observer, file: "\(prefix).observer.txt", text: observer.cut())
        ]
    }

    /// Reads the trace and what the kernel's log gained.
    ///
    /// After a failure or a cancellation it tries all the same, and the first failure stays the
    /// one that is told.
    private func collect(
        since before: String, after outcome: Result<Void, any Error>
    ) async throws {
        do {
            // A task of its own is not cancelled: what was seen before somebody stopped us counts.
            let texts = Task { [bench] in try await bench.collect(since: before) }
            record.texts += try await texts.value + observed("after")
        } catch {
            if case .success = outcome { throw error }
        }
    }
}
