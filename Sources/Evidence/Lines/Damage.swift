// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// A line that could not be read, or a sign that lines are missing.
///
/// Damage is never silent: what rests on damaged evidence is reported as not observed.
package struct Damage: Blame, Hashable, Codable {
    /// What is wrong.
    package enum Kind: String, Sendable, Codable {
        /// The line has a form that no parser here knows.
        case unparsable
        /// A number that does not fit, or an address range that leaves 64 bits.
        case outOfRange
        /// The board itself says that it lost something: `[LOST 12 EVENTS]`.
        case lost
        /// The text ends in the middle of a line, or a needed line is not there.
        case incomplete
        /// Its time lies before that of the line above: texts were mixed, or a clock went back.
        case outOfOrder
        /// An event that may belong to either of two steps.
        case undecided
    }

    package let what: Kind
    package let line: RawLine
    /// What was expected there, as the end of "expected …".
    package let expected: String

    package init(_ what: Kind, _ line: RawLine, expected: String) {
        self.what = what
        self.line = line
        self.expected = expected
    }

    /// Lost events are the bench's fault (its buffers), and so are clocks that go back or are too
    /// coarse; a line nobody can read is ours.
    package var kind: FaultKind {
        switch what {
        case .lost, .outOfOrder, .undecided: .bench
        case .unparsable, .outOfRange, .incomplete: .harness
        }
    }

    package var account: Account {
        Account(
            subject: "\(line.file):\(line.number)", action: "be read",
            cause: "expected \(expected), found '\(line.text)'",
            remedy: remedy)
    }

    private var remedy: String {
        switch what {
        case .lost: "Enlarge the trace buffer and run the case again"
        case .outOfOrder: "Run the case again; if it stays, the board's clock is broken"
        case .undecided: "Run the case again: steps that fast seldom meet twice"
        case .unparsable, .outOfRange, .incomplete:
            "Report this line: the parser must learn it or the reading was cut"
        }
    }
}
