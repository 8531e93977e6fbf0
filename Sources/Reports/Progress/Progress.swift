// SPDX-License-Identifier: GPL-3.0-or-later

package import ResultArchive
import Vocabulary

/// Turns the events of a run into what a person sees while it goes on.
///
/// It is pure: each function gives the text to write. On a terminal the last line is rewritten;
/// elsewhere there are only lines that stay.
package struct Progress: Sendable {
    private let columns: Int?
    private let ink: Ink
    private var boards: [BoardProgress] = []
    private var isLineShown = false

    /// Makes a model for a terminal of so many columns, or for a file where there are none.
    package init(columns: Int?, ink: Ink) {
        self.columns = columns
        self.ink = ink
    }

    /// Takes an event, and gives the text to write.
    package mutating func hear(_ event: JournalEvent, at now: UTCInstant) -> String {
        note(event, at: now)
        let lasting = ProgressLine.text(for: event, took: timing(event, at: now), ink: ink)
        let text = (columns == nil ? "" : cleared()) + (lasting.map { $0 + "\n" } ?? "")
        settle(event, at: now)
        return text + status(at: now)
    }

    /// Gives the text that brings the times of the last line up to date; nothing without one.
    package mutating func tick(at now: UTCInstant) -> String {
        guard columns != nil, isLineShown else { return "" }
        return cleared() + status(at: now)
    }

    /// Gives the text that removes the last line, before a report or an error is written.
    package mutating func finish() -> String {
        boards = []
        return cleared()
    }

    private mutating func note(_ event: JournalEvent, at now: UTCInstant) {
        switch event {
        case .runBegan(_, let cases):
            boards = cases.sorted { $0.key < $1.key }.map {
                BoardProgress(board: $0.key, cases: $0.value, at: now)
            }
        case .stepDone(let board, _, _, _): change(board) { $0.stepDone() }
        default: break
        }
    }

    /// Moves on to what follows an event, after its own time was told.
    private mutating func settle(_ event: JournalEvent, at now: UTCInstant) {
        switch event {
        case .boardBooting(let board): change(board) { $0.turn(to: .booting, at: now) }
        case .boardReady(let board, _): change(board) { $0.turn(to: .idle, at: now) }
        case .caseBegan(let board, _, let name, let steps):
            change(board) { $0.turn(to: .running(name, done: 0, steps: steps), at: now) }
        case .caseEnded(let outcome): change(outcome.board) { $0.caseEnded(at: now) }
        case .boardReleased(let board): change(board) { $0.turn(to: .released, at: now) }
        case .runBegan, .stepDone, .faulted, .recordKept, .stopRequested, .runEnded: break
        }
    }

    private func timing(_ event: JournalEvent, at now: UTCInstant) -> Duration? {
        guard case .boardReady(let board, _) = event else { return nil }
        return boards.first { $0.board == board }.map { now.since($0.since) }
    }

    private mutating func change(_ board: BoardName, _ body: (inout BoardProgress) -> Void) {
        guard let index = boards.firstIndex(where: { $0.board == board }) else { return }
        body(&boards[index])
    }

    private mutating func cleared() -> String {
        defer { isLineShown = false }
        return isLineShown ? "\r\u{1b}[2K" : ""
    }

    private mutating func status(at now: UTCInstant) -> String {
        guard let columns, !boards.isEmpty else { return "" }
        isLineShown = true
        let line = boards.map { $0.line(at: now) }.joined(separator: "  |  ")
        // A line as wide as the terminal would wrap, and then could not be rewritten.
        return String(line.prefix(max(1, columns - 1)))
    }
}
