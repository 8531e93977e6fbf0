// SPDX-License-Identifier: GPL-3.0-or-later

/// How far a search still has to go.
package struct Remaining: Hashable, Sendable {
    /// How many revisions may be the culprit; where boots are not believed, the fewest that are
    /// together as likely as the confidence asks.
    package let candidates: Int
    /// How many more boots it takes, about, ends included.
    package let probes: Int
    /// The likeliest culprit, where boots are not believed, and how likely it is.
    package let favourite: Favourite?

    /// A culprit that is not sure yet.
    package struct Favourite: Hashable, Sendable {
        package let revision: Revision
        package let confidence: Double
    }
}

extension Search {
    /// How far the search still has to go.
    package var remaining: Remaining {
        let ends = [0, history.revisions.count - 1].count { !isSeen($0) }
        if let posterior, let noise {
            return Belief(self, posterior, noise).remaining(besides: ends)
        }
        let left = candidates.count
        guard conclusion == nil else {
            return Remaining(candidates: left, probes: 0, favourite: nil)
        }
        let probes = Int(Entropy.questions(Double(left)).rounded(.up))
        return Remaining(candidates: left, probes: probes + ends, favourite: nil)
    }
}

extension Search {
    /// In how many boots of a bad kernel the symptom is believed to show, from 0 to 1; nothing where
    /// every boot is believed.
    package var shows: Double? { posterior?.shows }
}
