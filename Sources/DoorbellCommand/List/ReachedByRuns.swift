// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Judgement
import ResultArchive
import SystemPackage
import Vocabulary

/// What archived runs tell of which suite reaches which invariant, and the file that keeps it.
struct ReachedByRuns {
    private(set) var all: [Reach] = []

    /// The file in the repository.
    static func file(of project: Project) -> FilePath {
        project.root.appending("Results").appending("Baselines").appending("reach.json")
    }

    /// Reads the file; nothing is known where there is none.
    /// - Throws: what is wrong in it.
    init(of project: Project) throws {
        guard let data = FileManager.default.contents(atPath: Self.file(of: project).string) else {
            return
        }
        all = try JSONDecoder().decode([Reach].self, from: data)
    }

    /// Gathers what the cases of complete runs held, in the order of the runs.
    /// - Throws: `ArchiveError`.
    init(_ runs: [ArchivedRun]) throws(ArchiveError) {
        for run in runs {
            for board in try run.boards() { try add(board, of: run) }
        }
        all.sort { ($0.suite, $0.board, $0.kernel) < ($1.suite, $1.board, $1.kernel) }
    }

    /// The file's text: a line for each, so that a change of one is a change of a line.
    /// - Throws: what JSON cannot hold.
    func text() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let lines = try all.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
        return "[\n" + lines.joined(separator: ",\n") + "\n]"
    }

    private mutating func add(
        _ board: ArchivedBoard, of run: ArchivedRun
    ) throws(ArchiveError) {
        let record = try board.record()
        let kernel = record?.kernel?.recipe?.text ?? record?.kernel?.release ?? "unknown"
        let cases = try board.cases()
        for outcome in run.manifest?.outcomes ?? [] where outcome.board == board.name {
            let found = cases.first { $0.suite == outcome.suite && $0.name == outcome.name }
            guard let judgement = try found?.judgement() else { continue }
            add(outcome, judgement, kernel)
        }
    }

    private mutating func add(
        _ outcome: CaseOutcome, _ judgement: CaseJudgement, _ kernel: String
    ) {
        let known = all.firstIndex {
            $0.suite == outcome.suite.text && $0.board == outcome.board.text
                && $0.kernel == kernel
        }
        let place = known ?? all.count
        if known == nil {
            all.append(
                Reach(suite: outcome.suite.text, board: outcome.board.text, kernel: kernel))
        }
        all[place].add(outcome.name.text, judgement)
    }
}
