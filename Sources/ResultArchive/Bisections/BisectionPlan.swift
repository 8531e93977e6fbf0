// SPDX-License-Identifier: GPL-3.0-or-later

package import Bisection
package import Vocabulary

/// What a bisection searches, written once when it begins: it is gone on with from this.
package struct BisectionPlan: Sendable, Codable {
    package static let currentFormat = 1

    package let format: Int
    package let began: UTCInstant
    package let kind: Kind
    /// The command line, without the program: it says how kernels are made and what is run.
    package let words: [String]
    /// Where it was called, from which its paths count.
    package let directory: String
    /// Parents before children, the good end first, the bad end last.
    package let revisions: [PlannedRevision]
    package let boards: [BoardName]
    /// What is looked for, in words.
    package let symptom: String
    package let noise: PlannedNoise?
    /// What a reader must know: that a tree was dirty, that parents were left out.
    package let notes: [String]

    /// Over what a bisection goes.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        case commits, series, kernels, options
    }

    package init(
        began: UTCInstant, kind: Kind, words: [String], directory: String,
        revisions: [PlannedRevision], boards: [BoardName], symptom: String, noise: PlannedNoise?,
        notes: [String]
    ) {
        format = Self.currentFormat
        self.began = began
        self.kind = kind
        self.words = words
        self.directory = directory
        self.revisions = revisions
        self.boards = boards
        self.symptom = symptom
        self.noise = noise
        self.notes = notes
    }

    /// What is known of a revision besides its name.
    package func planned(_ revision: Revision) -> PlannedRevision? {
        revisions.first { $0.revision == revision }
    }
}

/// A point of the history, with what a person calls it.
package struct PlannedRevision: Sendable, Hashable, Codable {
    package let revision: Revision
    /// A commit's subject, a patch's, a kernel's summary.
    package let title: String
    package let author: String?
    /// Nothing where each has the one before.
    package let parents: [Revision]?

    package init(
        _ revision: Revision, title: String, author: String? = nil, parents: [Revision]? = nil
    ) {
        self.revision = revision
        self.title = title
        self.author = author
        self.parents = parents
    }
}

/// How far boots are believed, as numbers from 0 to 1.
package struct PlannedNoise: Sendable, Hashable, Codable {
    /// Nothing where it is to be learned.
    package let shows: Double?
    package let lies: Double
    package let confidence: Double

    package init(_ noise: NoiseModel) {
        shows = noise.shows?.value
        lies = noise.lies.value
        confidence = noise.confidence.value
    }

    /// The model; nothing for numbers that make none.
    package var model: NoiseModel? {
        guard let lies = Probability(lies), let confidence = Probability(confidence) else {
            return nil
        }
        return NoiseModel(
            shows: shows.flatMap { Probability($0) }, lies: lies, confidence: confidence)
    }
}

extension BisectionPlan {
    /// The history that is searched.
    /// - Throws: `HistoryError`.
    package func history() throws(HistoryError) -> History {
        guard let good = revisions.first?.revision, let bad = revisions.last?.revision,
            revisions.contains(where: { $0.parents != nil })
        else { return try History(line: revisions.map(\.revision)) }
        let graph = revisions.map { ParentedRevision($0.revision, parents: $0.parents ?? []) }
        return try History(graph: graph, good: good, bad: bad)
    }
}
