// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
import Evidence
import ReferenceModel
import ResultArchive
import Scheduling
import SystemPackage
import Vocabulary

/// One board's part of a run: brought to life, all cases, and left as it was found.
struct BoardRun: Sendable {
    let order: BoardOrder
    let suites: [SuiteOrder]
    let overrides: ModelOverrides
    let agent: FilePath
    let recordings: FilePath?
    let kitchen: ImageKitchen
    let programs: ProgramKitchen
    let log: RunLog
    /// The folder of all runs, where boards are remembered.
    let runs: FilePath

    /// Runs everything; what goes wrong is in the outcome, never thrown.
    func run() async -> BoardOutcome {
        let ledger = BoardLedger(board: order.board.name, suites: suites, log: log)
        var fault: Fault?
        var isUnbuildable = false
        do {
            try await live(ledger)
        } catch {
            let known = Self.fault(error, board: order.board.name)
            fault = known
            isUnbuildable = KernelRefusal.isMeant(by: error)
            await log.note(.faulted(board: order.board.name, fault: known))
        }
        await log.note(.boardReleased(board: order.board.name))
        return await ledger.close(fault, isUnbuildable: isUnbuildable)
    }

    private func live(_ ledger: BoardLedger) async throws {
        try checkManner()
        try await log.tell(.boardBooting(board: order.board.name))
        let archive = try log.archive.board(order.board.name)
        let (plan, image) = try await kitchen.plan(
            for: order, memory: try memory(),
            isCold: suites.contains(where: \.suite.demandsColdBoot))
        let provisions = LiveBoard.Provisions(
            consoleLog: archive.console.path, agent: agent,
            recording: recordings.map { AgentRecording(of: "\(order.board.name)", in: $0) },
            shelf: BoardShelf(board: order.board.name, archive: archive, log: log))
        let check = KernelCheck(order: order, image: image)
        try await LiveBoard.withBoard(plan, provisions: provisions) { live in
            let kernel = try await check.check(live)
            await ledger.ran(kernel)
            if let loss = live.snapshotLoss {
                await log.note(.faulted(board: live.name, fault: loss.fault))
            }
            try await log.tell(.boardReady(board: live.name, kernel: kernel))
            try await work(on: live, kernel: kernel, archive, ledger)
        }
    }

    /// Sees to it that no board is booted for suites that would all be refused afterwards.
    private func checkManner() throws(WarmBoot) {
        guard case .ssh(let machine) = order.board.reach, let boot = machine.boot,
            order.kernel != nil, let first = suites.first,
            suites.allSatisfy(\.suite.demandsColdBoot)
        else { return }
        let manner = boot.bootMethod(in: order.labFolder).manner
        try WarmBoot.check(first.suite, on: order.board.name, manner)
    }

    /// What earlier runs have left of a board of kind ssh.
    /// - Throws: `BoardIsOut`, `UnreadableMark`.
    private func memory() throws -> MarkedBoard? {
        guard case .ssh(let machine) = order.board.reach, machine.boot != nil else { return nil }
        let name = order.board.name
        let memory = try MarkedBoard(at: BoardMark.path(of: machine, in: runs)) { [log] fault in
            await log.note(.faulted(board: name, fault: fault))
        }
        try memory.check(name)
        return memory
    }

    private func work(
        on live: LiveBoard, kernel: KernelRecord, _ archive: BoardArchive, _ ledger: BoardLedger
    ) async throws {
        try await VirtualFunctions.switchOn(order.board, on: live.files)
        let survey = try await BoardSurvey.take(of: live)
        for text in survey.texts { try archive.write(text) }
        let stated = order.board.doorbells.map { DoorbellNode($0) }
        try archive.write(
            BoardRecord(
                board: live.name, kernel: kernel, texts: survey.texts,
                doorbells: stated.isEmpty ? nil : stated))
        let (bench, lifelines) = try await CaseBench.prepare(
            on: live, sparesResets: order.board.skipReset)
        let table = CaseTable(
            live: live, bench: bench, survey: survey, stated: stated, kernel: kernel,
            lifelines: lifelines,
            overrides: overrides, programs: programs, archive: archive, log: log)
        try await withCleanup {
            for suite in suites {
                for entry in suite.cases {
                    try Task.checkCancellation()
                    try await ledger.add(table.play(entry, of: suite))
                }
            }
        } cleanup: { [log] in
            guard let loss = await bench.leave() else { return }
            await log.note(.faulted(board: live.name, fault: loss.fault))
        }
    }

    static func fault(_ error: any Error, board: BoardName) -> Fault {
        guard error is CancellationError else {
            return Fault(error, subject: "board \(board)", action: "go on")
        }
        return Fault(
            kind: .bench,
            account: Account(
                subject: "board \(board)", action: "go on", cause: "the run was interrupted"))
    }
}
