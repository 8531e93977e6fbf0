// SPDX-License-Identifier: GPL-3.0-or-later

import Boards
package import ResultArchive
import SystemPackage
import Vocabulary

/// A whole run: all boards at once, one archive.
package struct Run: Sendable {
    private let request: RunRequest
    private let archive: RunArchive
    private let log: RunLog
    private let kitchen: ImageKitchen
    private let programs: ProgramKitchen
    private let agent: FileRecord
    private let began = UTCInstant.now()

    /// Makes the run's folder.
    /// - Throws: `ArchiveError`; `AgentBuildMissing` before anything is made.
    package init(
        _ request: RunRequest, watch: @escaping @Sendable (JournalEvent) -> Void,
        announce: @escaping @Sendable (String) -> Void
    ) throws {
        self.request = request
        agent = try Self.agent(at: request.agent)
        archive = try RunArchive.create(in: request.runs)
        log = RunLog(archive: archive, watch: watch)
        kitchen = ImageKitchen(announce: announce)
        programs = ProgramKitchen(announce: announce)
    }

    package var folder: RunFolder { archive.folder }

    /// Runs every case on every board; each board goes on by itself.
    ///
    /// A cancelled run gives devices back, switches off, and ends with what it has.
    /// - Throws: `ArchiveError` when the run cannot be written down at all.
    package func perform(command: [String]) async throws -> RunOutcome {
        let count = request.suites.reduce(0) { $0 + $1.cases.count }
        let cases = Dictionary(uniqueKeysWithValues: request.boards.map { ($0.board.name, count) })
        try await log.tell(.runBegan(command: command, cases: cases))
        let boards = await playBoards()
        let wasInterrupted = Task.isCancelled
        if wasInterrupted { await log.note(.stopRequested) }
        await log.note(.runEnded)
        return RunOutcome(boards: boards, wasInterrupted: wasInterrupted, began: began)
    }

    /// Writes the reports, and last the manifest, which makes the run complete.
    /// - Throws: `ArchiveError`.
    package func seal(
        _ outcome: RunOutcome, command: [String], versions: [String: String],
        reports: [String: String]
    ) throws(ArchiveError) {
        for (file, text) in reports.sorted(by: { $0.key < $1.key }) {
            try archive.write(text, to: file)
        }
        let kernels = outcome.boards.compactMap { board in
            board.kernel.map { (board.board, $0) }
        }
        let manifest = RunManifest(
            command: command, began: began, ended: .now(),
            wasInterrupted: outcome.wasInterrupted, versions: versions,
            lab: Self.record(request.lab), suites: request.suites.map { Self.record($0.source) },
            agent: agent,
            kernels: Dictionary(uniqueKeysWithValues: kernels),
            outcomes: outcome.boards.flatMap { $0.cases.map(\.outcome) })
        try archive.seal(manifest)
    }

    private func playBoards() async -> [BoardOutcome] {
        await withTaskGroup(of: (Int, BoardOutcome).self) { group in
            for (place, order) in request.boards.enumerated() {
                let run = BoardRun(
                    order: order, suites: request.suites, overrides: request.overrides,
                    agent: request.agent, recordings: request.recordings, kitchen: kitchen,
                    programs: programs, log: log, runs: request.runs)
                group.addTask { (place, await run.run()) }
            }
            var outcomes: [(Int, BoardOutcome)] = []
            for await outcome in group { outcomes.append(outcome) }
            return outcomes.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    /// No board is switched on for a run that has no agent to bring to it.
    private static func agent(at path: FilePath) throws(AgentBuildMissing) -> FileRecord {
        do throws(ArchiveError) {
            return FileRecord(file: path.string, hash: try ContentHash(ofFile: path))
        } catch {
            throw AgentBuildMissing(path: path, reason: error.account.cause)
        }
    }

    private static func record(_ source: SourceText) -> FileRecord {
        FileRecord(file: source.file, hash: ContentHash(of: source.bytes))
    }
}

/// What came of a run.
package struct RunOutcome: Sendable {
    /// In the order that they were asked for.
    package let boards: [BoardOutcome]
    package let wasInterrupted: Bool
    package let began: UTCInstant

    package init(boards: [BoardOutcome], wasInterrupted: Bool, began: UTCInstant) {
        self.boards = boards
        self.wasInterrupted = wasInterrupted
        self.began = began
    }
}
