// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Bisection
import Campaigns
import Foundation
import KernelTree
import Reports
import ResultArchive
import Scheduling
import SystemPackage
import Vocabulary

/// One bisection from a command line: begun, or gone on with.
struct BisectSession {
    private let verb: any BisectVerb
    private let project = Project()

    init(_ verb: any BisectVerb) { self.verb = verb }

    /// Reads everything that is named, makes the bisection's folder, and goes on to the end.
    /// - Throws: what files, histories and boards throw; `ExitStatus` unless a culprit is named.
    func begin() async throws {
        let choice = verb.choice
        let symptom = try choice.symptom.symptom(
            in: project, suites: choice.suiteOrders(in: project))
        let boards = try choice.orders(in: project).boards
        let kernels = try verb.kernels(in: project)
        let deadline = Deadline.after(.seconds(600), for: "the history to be read")
        let noise = try choice.noise.model()
        let plan = BisectionPlan(
            began: .now(), kind: type(of: verb).kind,
            words: Array(CommandLine.arguments.dropFirst()),
            directory: FileManager.default.currentDirectoryPath,
            revisions: try await kernels.revisions(deadline: deadline),
            boards: boards.map(\.board.name), symptom: "\(symptom)",
            noise: noise.map { PlannedNoise($0) },
            notes: try await kernels.notes(deadline: deadline))
        _ = try plan.history()
        let folder = try BisectionFolder.create(plan, in: project.bisections(choice))
        try await goOn(with: folder, plan, kernels)
    }

    /// Goes on with one that was begun by these words.
    func resume(_ folder: BisectionFolder, _ plan: BisectionPlan) async throws {
        try await goOn(with: folder, plan, try verb.kernels(in: project))
    }

    private func goOn(
        with folder: BisectionFolder, _ plan: BisectionPlan, _ kernels: any RevisionKernels
    ) async throws {
        guard let lock = try FileLock(trying: folder.lock) else {
            throw BisectionIsRunning(name: folder.name)
        }
        let screen = BisectScreen(plan, folder)
        let bench = try self.bench(kernels, folder, screen)
        let entries = try folder.readJournal()
        let search = try plan.search(entries)
        let journal = try folder.openJournal()
        if !entries.isEmpty { try journal.add(.resumed) }
        let (boards, wishes) = (try folder.boards(plan), self.wishes(folder, plan))
        let end = try await Interruption.interruptible {
            var campaign = BisectCampaign(
                search, on: boards, wishes: wishes, bench: bench, journal: journal,
                watch: screen.show)
            return try await campaign.perform()
        }
        let story = try BisectionReading(folder, plan, project).sealed(kernels, verb.choice)
        Terminal.standardOutput.write(BisectionText.render(story, ink: Terminal.outputInk))
        _ = consume lock
        if let status = ExitStatus(end) { throw status }
    }

    /// What people wish for with `bisect boards`: no file says that it changes, so that it is looked at
    /// every second.
    private func wishes(
        _ folder: BisectionFolder, _ plan: BisectionPlan
    ) -> AsyncStream<[BoardWish]> {
        AsyncStream { stream in
            let task = Task {
                var last: [BoardWish]?
                while true {
                    try await Task.sleep(for: .seconds(1))
                    guard let boards = try? folder.boards(plan), boards != last else { continue }
                    stream.yield(boards)
                    last = boards
                }
            }
            stream.onTermination = { _ in task.cancel() }
        }
    }

    private func bench(
        _ kernels: any RevisionKernels, _ folder: BisectionFolder, _ screen: BisectScreen
    ) throws -> BoardProbeBench {
        let choice = verb.choice
        let (lab, boards) = try choice.labOrders(in: project)
        let suites = try choice.suiteOrders(in: project)
        return BoardProbeBench(
            kernels: kernels, boards: boards, suites: suites,
            symptom: try choice.symptom.symptom(in: project, suites: suites),
            bench: project.suiteBench(lab, runs: choice.results(in: project).appending("Runs")),
            lock: folder.path.appending("make.lock"), watch: screen.show)
    }
}

extension BisectionPlan {
    /// The search, with what a journal has taught it.
    /// - Throws: `HistoryError`, `SearchError` where the journal belongs to another history.
    func search(_ entries: [BisectionEntry]) throws -> Search {
        try Search(
            history(), noise: noise?.model, records: entries.compactMap(\.event.record))
    }
}

extension Project {
    /// The folder of all bisections.
    func bisections(_ choice: BisectChoice) -> FilePath {
        choice.results(in: self).appending("Bisections")
    }
}

extension Terminal {
    /// Colours where a person reads along.
    static var outputInk: Ink { standardOutput.hasColours ? .coloured : .plain }
}

extension ExitStatus {
    /// Nothing where a culprit is named.
    init?(_ end: BisectionEnd) {
        switch end {
        case .concluded(.culprit): return nil
        case .concluded: self = .inconclusive
        case .stopped(let fault): self = ExitStatus(fault.kind)
        case .interrupted: self = .interrupted
        }
    }
}

/// A bisection that another process goes on with.
struct BisectionIsRunning: Blame, Hashable {
    let name: String

    var kind: FaultKind { .suite }

    var account: Account {
        Account(
            subject: "bisection \(name)", action: "be gone on with",
            cause: "another process is at it",
            remedy: "`./doorbell bisect status \(name)` tells how far it is.")
    }
}
