// SPDX-License-Identifier: GPL-3.0-or-later

/// One thing that was learned of a revision; a list of them is the journal of a search.
package struct SearchRecord: Hashable, Sendable {
    package let revision: Revision
    package let observation: Observation

    /// What was seen of it.
    package enum Observation: Hashable, Sendable {
        /// The symptom was not there.
        case good
        /// The symptom was there.
        case bad
        /// Nothing can be said of it.
        case skipped(SkipReason)
        /// What it was compiled to, which two revisions may share.
        case binary(BinaryIdentity)
    }

    package init(_ revision: Revision, _ observation: Observation) {
        self.revision = revision
        self.observation = observation
    }
}

/// Why a revision was left out.
package struct SkipReason: Hashable, Sendable, Codable {
    /// What stood in the way.
    package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case doesNotBuild, doesNotBoot, cannotBeJudged
        /// It fails in another way than the one that is looked for.
        case otherSymptom
    }

    package let kind: Kind
    /// A sentence for a person.
    package let words: String

    package init(_ kind: Kind, _ words: String) {
        self.kind = kind
        self.words = words
    }
}

extension SearchRecord: Codable {
    private enum Key: String, CodingKey { case revision, verdict, skip, binary }
    private enum Verdict: String, Codable { case good, bad }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        revision = try container.decode(Revision.self, forKey: .revision)
        if let reason = try container.decodeIfPresent(SkipReason.self, forKey: .skip) {
            observation = .skipped(reason)
        } else if let binary = try container.decodeIfPresent(BinaryIdentity.self, forKey: .binary) {
            observation = .binary(binary)
        } else {
            let verdict = try container.decode(Verdict.self, forKey: .verdict)
            observation = verdict == .bad ? .bad : .good
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(revision, forKey: .revision)
        switch observation {
        case .good: try container.encode(Verdict.good, forKey: .verdict)
        case .bad: try container.encode(Verdict.bad, forKey: .verdict)
        case .skipped(let reason): try container.encode(reason, forKey: .skip)
        case .binary(let binary): try container.encode(binary, forKey: .binary)
        }
    }
}
