// SPDX-License-Identifier: GPL-3.0-or-later

package import Evidence

/// One invariant that did not hold for one thing: expected and observed side by side.
package struct Finding: Sendable, Hashable, Codable {
    package let invariant: InvariantID
    /// What it is about: "0000:00:02.0 vector 0", "step 4: map 1page at 0x08000000 in main".
    package let subject: String
    package let expected: String
    package let observed: String
    /// The lines that the observation rests on; a record's call stands as a line of `record`.
    package let lines: [RawLine]

    package init(
        invariant: InvariantID, subject: String, expected: String, observed: String,
        lines: [RawLine]
    ) {
        self.invariant = invariant
        self.subject = subject
        self.expected = expected
        self.observed = observed
        self.lines = lines
    }
}

extension Finding: CustomStringConvertible {
    package var description: String {
        "\(invariant): \(subject): expected \(expected), observed \(observed)"
    }
}
