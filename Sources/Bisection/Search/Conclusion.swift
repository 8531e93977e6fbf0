// SPDX-License-Identifier: GPL-3.0-or-later

/// How a search ends.
package enum Conclusion: Hashable, Sendable {
    case culprit(Culprit)
    /// What is left cannot be told apart, as it was skipped.
    case undecided(Undecided)
    /// No single culprit explains what was seen.
    case contradicted(Contradiction)
    /// An end is not what it was said to be.
    case wrongEnd(EndTrouble)
}

/// The revision that made the symptom.
package struct Culprit: Hashable, Sendable {
    package let revision: Revision
    /// 1 where every boot is believed.
    package let confidence: Double
    /// The nearest revision before it that was seen to be good.
    package let lastGood: Revision?
    /// The nearest revision from it on that was seen to be bad.
    package let firstBad: Revision?
}

/// Several revisions of which one is the culprit.
package struct Undecided: Hashable, Sendable {
    /// In the order of the history.
    package let candidates: [Revision]
    /// How sure it is that the culprit is among them; 1 where every boot is believed.
    package let confidence: Double
    /// Those of them that were skipped.
    package let skipped: [Revision]
}

/// What keeps a search from beginning.
package enum EndTrouble: Hashable, Sendable {
    case goodIsBad(confidence: Double)
    case badIsGood(confidence: Double)
    case cannotBeJudged(Revision, SkipReason)
    /// Both ends are compiled to one binary.
    case sameBinary(BinaryIdentity)
}

/// Observations that no single culprit explains: there are several, or the symptom comes and goes.
package struct Contradiction: Hashable, Sendable {
    /// A revision that was seen both ways.
    package let unsteady: Revision?
    /// Between which revisions there is a culprit each, none of them having a smaller one inside.
    package let ranges: [Range]

    /// One change from good to bad.
    package struct Range: Hashable, Sendable {
        /// The nearest good one before; nothing where there is none.
        package let good: Revision?
        package let bad: Revision
        /// How many revisions it may be.
        package let candidates: Int
    }
}
