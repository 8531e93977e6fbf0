// SPDX-License-Identifier: GPL-3.0-or-later

package import Bisection
package import Vocabulary

/// A line of a bisection's journal.
package struct BisectionEntry: Sendable, Codable {
    package let at: UTCInstant
    package let event: BisectionEvent

    package init(at: UTCInstant = .now(), event: BisectionEvent) {
        self.at = at
        self.event = event
    }
}

/// Something that a bisection learned, or that happened to it.
package enum BisectionEvent: Sendable, Codable {
    /// What a revision was compiled to.
    case identified(SearchRecord)
    /// A boot came to an answer, which is never asked for again.
    case probed(BisectionProbe)
    /// Bench or harness kept a boot from its answer; it is tried again.
    case faulted(revision: Revision, board: BoardName?, fault: Fault)
    /// A board is left out from here on.
    case boardLost(board: BoardName, because: Fault)
    /// Somebody wants these boards to be used from here on.
    case boardsChosen([BoardName])
    /// It stopped before its end.
    case stopped(Fault)
    /// Another process goes on.
    case resumed

    /// What the search learns from it.
    package var record: SearchRecord? {
        switch self {
        case .identified(let record): record
        case .probed(let probe): probe.record
        case .faulted, .boardLost, .boardsChosen, .stopped, .resumed: nil
        }
    }
}

/// A boot of one revision, with what it rests on.
package struct BisectionProbe: Sendable, Codable {
    package let record: SearchRecord
    /// Nothing where the kernel could not be made.
    package let board: BoardName?
    package let kernel: KernelRecord?
    /// The name of the run in `Results/Runs`.
    package let run: String?
    /// Of a bad one; of a good one where a number tells how far it is from bad.
    package let evidence: SymptomEvidence?
    package let makeMilliseconds: Int64
    package let bootMilliseconds: Int64

    package init(
        record: SearchRecord, board: BoardName? = nil, kernel: KernelRecord? = nil,
        run: String? = nil, evidence: SymptomEvidence? = nil, makeTook: Duration,
        bootTook: Duration = .zero
    ) {
        self.record = record
        self.board = board
        self.kernel = kernel
        self.run = run
        self.evidence = evidence
        makeMilliseconds = Int64(makeTook / .milliseconds(1))
        bootMilliseconds = Int64(bootTook / .milliseconds(1))
    }
}
