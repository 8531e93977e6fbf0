// SPDX-License-Identifier: GPL-3.0-or-later

import ResultArchive
import Vocabulary

/// The lines of progress that stay.
enum ProgressLine {
    /// Tells an event in one line; nothing for those that only move the last line on.
    static func text(for event: JournalEvent, took: Duration?, ink: Ink) -> String? {
        switch event {
        case .boardBooting(let board): return "\(board): booting"
        case .boardReady(let board, let kernel):
            let time = took.map { " after \(spoken($0))" } ?? ""
            return "\(board): ready with \(safe(kernel.release))\(time)"
        case .caseEnded(let outcome): return text(for: outcome, ink)
        case .faulted(let board, let fault):
            let subject = board.map { "\($0): " } ?? ""
            return subject + ink.verdict(.inconclusive, "\(fault.kind.rawValue) fault") + ": "
                + safe(fault.description)
        case .boardReleased(let board): return "\(board): given back"
        case .stopRequested: return "stopping: devices are given back, boards powered off"
        // A dead kernel leaves a dozen of them, and the report tells what they say.
        case .runBegan, .caseBegan, .stepDone, .recordKept, .runEnded: return nil
        }
    }

    private static func text(for outcome: CaseOutcome, _ ink: Ink) -> String {
        let findings =
            switch outcome.findings {
            case 0: ""
            case 1: ", 1 finding"
            default: ", \(outcome.findings) findings"
            }
        return "\(outcome.board): \(outcome.suite)/\(outcome.name) "
            + ink.verdict(outcome.word, outcome.word.rawValue)
            + "\(findings)\(labels(of: outcome)) (\(spoken(outcome.took)))"
    }

    /// What the word does not say of a kernel.
    private static func labels(of outcome: CaseOutcome) -> String {
        (outcome.isPartlySynthetic == true ? ", partly synthetic" : "")
            + (outcome.simulation == nil ? "" : ", simulated")
    }
}
