// SPDX-License-Identifier: GPL-3.0-or-later

package import Evidence

/// Something that a report must show: expected and observed side by side.
package struct Finding: Sendable, Hashable, Codable {
    /// What it says of the kernel.
    package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// The kernel does something else than it must.
        case contradiction
        /// The board's layout lets a doorbell's map open other registers too. The kernel does what
        /// the model says, so that the verdict stays; but nobody may overlook it.
        case exposure
        /// A test of a foreign program failed: its author says what is right, and not the model.
        case foreign
        /// What was seen is left undefined: the model says neither that it is right nor wrong.
        case undefined
    }

    package let invariant: InvariantID
    package let kind: Kind
    /// What it is about: "0000:00:02.0 vector 0", "step 4: map 1page at 0x08000000 in main".
    package let subject: String
    package let expected: String
    package let observed: String
    /// What the expectation rests on: "exact", "one of 3: …" where the model allows several, "law"
    /// where it holds of every kernel whatever the model says, "its author's" in a foreign program.
    package let basis: String
    /// The lines that the observation rests on; a record's call stands as a line of `record`.
    package let lines: [RawLine]

    package init(
        invariant: InvariantID, kind: Kind = .contradiction, subject: String, expected: String,
        observed: String, basis: String = Basis.exact, lines: [RawLine]
    ) {
        self.invariant = invariant
        self.kind = kind
        self.subject = subject
        self.expected = expected
        self.observed = observed
        self.basis = basis
        self.lines = lines
    }
}

/// The words for what a finding rests on; `Prediction.basis` has those for one of several.
package enum Basis {
    /// The model allows one outcome.
    package static let exact = "exact"
    /// A foreign program says so.
    package static let foreign = "its author's"
    /// No model is needed.
    package static let law = "law"
}

extension Finding: CustomStringConvertible {
    package var description: String {
        "\(invariant): \(subject): expected \(expected) (\(basis)), observed \(observed)"
    }
}

extension Finding {
    private enum CodingKeys: String, CodingKey {
        case invariant, kind, subject, expected, observed, basis, lines
    }

    /// Reads a finding; those of earlier archives have neither kind nor basis.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        invariant = try container.decode(InvariantID.self, forKey: .invariant)
        kind = try container.decodeIfPresent(Kind.self, forKey: .kind) ?? .contradiction
        subject = try container.decode(String.self, forKey: .subject)
        expected = try container.decode(String.self, forKey: .expected)
        observed = try container.decode(String.self, forKey: .observed)
        basis = try container.decodeIfPresent(String.self, forKey: .basis) ?? Basis.exact
        lines = try container.decode([RawLine].self, forKey: .lines)
    }
}
