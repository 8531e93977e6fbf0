// SPDX-License-Identifier: GPL-3.0-or-later

/// What one test of a foreign program says of itself, with the tests inside of it.
package struct KTAPResult: Sendable, Hashable, Codable {
    /// How it ended, its directive taken into account.
    package enum Outcome: Sendable, Hashable, Codable {
        case passed
        case failed
        /// It was not run, and why.
        case skipped(reason: String)
        /// It failed, as its author knows that it does: `XFAIL`, and the older word of TAP.
        case failedAsKnown(reason: String)
    }

    /// The number that it gives itself; nothing where it gives none.
    package var number: Int?
    package var name: String
    package var outcome: Outcome
    /// Lines that stand before it and say more: the last hundred of them.
    package var diagnostics: [RawLine]
    /// The tests inside of it.
    package var subtests: [KTAPResult]
    package var line: RawLine

    package init(
        number: Int?, name: String, outcome: Outcome, diagnostics: [RawLine] = [],
        subtests: [KTAPResult] = [], line: RawLine
    ) {
        self.number = number
        self.name = name
        self.outcome = outcome
        self.diagnostics = diagnostics
        self.subtests = subtests
        self.line = line
    }
}

/// What is wrong with the way in which a foreign program told its results.
package struct KTAPFlaw: Sendable, Hashable, Codable {
    /// Each kind means that not all results are known.
    package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// Nobody knows how many tests there should be.
        case noPlan
        /// Fewer or more results than were planned.
        case wrongCount
        /// Results that are numbered otherwise than one after the other.
        case wrongNumber
        case secondPlan
        /// `Bail out!`: the program gave up.
        case bailedOut
        /// The text ends inside of a line, or before the test that holds others.
        case cutOff
        /// Tests inside of tests, deeper than anybody writes.
        case tooDeep
        /// More results than anybody reads.
        case tooMany
    }

    package let kind: Kind
    /// What is wrong, as a clause: "2 of 5 planned tests are told".
    package let words: String
    /// Where it is seen; nothing where it is the whole text.
    package let line: RawLine?

    package init(_ kind: Kind, _ words: String, line: RawLine?) {
        self.kind = kind
        self.words = words
        self.line = line
    }
}

/// What a foreign program printed, as far as it is KTAP.
package struct KTAPReport: Sendable, Hashable, Codable {
    package var results: [KTAPResult] = []
    package var flaws: [KTAPFlaw] = []
    /// Why the whole program was skipped: `1..0 # SKIP reason`.
    package var skipped: String?
    /// The last lines that belong to no result.
    package var trailing: [RawLine] = []

    package init() {}

    /// Whether nothing in the text is KTAP.
    package var isEmpty: Bool { results.isEmpty && flaws.isEmpty && skipped == nil }
}

extension KTAPReport {
    /// A test that holds no other, by its whole name: `outer / inner`.
    package struct Leaf: Sendable, Hashable {
        package let name: String
        package let result: KTAPResult
    }

    /// Every test that holds no others, in order; one that fails although all in it pass is among
    /// them too.
    package var leaves: [Leaf] { Self.leaves(of: results, under: "") }

    private static func leaves(of results: [KTAPResult], under path: String) -> [Leaf] {
        results.enumerated().flatMap { place, result in
            let own = result.name.isEmpty ? "test \(result.number ?? place + 1)" : result.name
            let name = path + own
            let inner = leaves(of: result.subtests, under: name + " / ")
            let explained = inner.contains { $0.result.outcome == .failed }
            let isLeaf = inner.isEmpty || result.outcome == .failed && !explained
            return inner + (isLeaf ? [Leaf(name: name, result: result)] : [])
        }
    }
}
