// SPDX-License-Identifier: GPL-3.0-or-later

package import Evidence
package import Vocabulary

/// Something that happened in a run: a line of its journal, and what live progress is made of.
package enum JournalEvent: Sendable, Codable {
    /// The run began, with so many cases ahead on each board.
    case runBegan(command: [String], cases: [BoardName: Int])
    /// A board is being brought to life.
    case boardBooting(board: BoardName)
    /// A board answers over SSH.
    case boardReady(board: BoardName, kernel: KernelRecord)
    /// A case begins, with so many steps ahead.
    case caseBegan(board: BoardName, suite: SuiteName, name: CaseName, steps: Int)
    /// A step was carried out, or refused by the kernel.
    case stepDone(board: BoardName, suite: SuiteName, name: CaseName, step: StepRecord)
    /// A case was judged.
    case caseEnded(CaseOutcome)
    /// Something went wrong that is not a kernel's verdict.
    case faulted(board: BoardName?, fault: Fault)
    /// What a dead kernel has left in its board's persistent store was kept in this file.
    case recordKept(board: BoardName, file: String)
    /// A board was given back, or its power is off.
    case boardReleased(board: BoardName)
    /// Somebody asked the run to stop.
    case stopRequested
    /// All boards are given back.
    case runEnded
}

extension JournalEvent {
    /// Whether what came before it must not be lost by a power cut either.
    package var isMilestone: Bool {
        switch self {
        // What was kept is removed from the board next.
        case .caseEnded, .faulted, .recordKept, .runEnded: true
        case .runBegan, .boardBooting, .boardReady, .caseBegan, .stepDone, .boardReleased,
            .stopRequested:
            false
        }
    }
}

/// A line of the journal.
package struct JournalEntry: Sendable, Codable {
    package let at: UTCInstant
    package let event: JournalEvent

    package init(at: UTCInstant, event: JournalEvent) {
        self.at = at
        self.event = event
    }
}
