// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// What a search with doubts may conclude.
struct Belief {
    private let search: Search
    private let posterior: Posterior
    private let noise: NoiseModel
    private let beliefs: [Double]

    init(_ search: Search, _ posterior: Posterior, _ noise: NoiseModel) {
        self.search = search
        self.posterior = posterior
        self.noise = noise
        beliefs = posterior.beliefs
    }

    /// The culprit, or what cannot be told apart from it, once it is believed enough.
    var conclusion: Conclusion? {
        guard search.hasBothEnds else { return nil }
        let last = beliefs.count - 1
        if beliefs[0] >= noise.confidence.value {
            return .wrongEnd(.goodIsBad(confidence: beliefs[0]))
        }
        if beliefs[last] >= noise.confidence.value {
            return .wrongEnd(.badIsGood(confidence: beliefs[last]))
        }
        let group = likeliestGroup
        let confidence = group.reduce(0) { $0 + beliefs[$1] }
        if confidence >= noise.confidence.value {
            guard let only = group.first, group.count == 1 else {
                return .undecided(search.undecided(among: group, confidence: confidence))
            }
            return .culprit(search.culprit(only, confidence: confidence))
        }
        return NoisyChoice(search, posterior, noise).isUseless ? stalemate : nil
    }

    /// Nothing more can be learned, although nothing is sure.
    private var stalemate: Conclusion {
        let likely = self.likely
        let confidence = likely.reduce(0) { $0 + beliefs[$1] }
        return .undecided(search.undecided(among: likely.sorted(), confidence: confidence))
    }

    /// The fewest candidates that are together believed enough, the likeliest first.
    private var likely: [Int] {
        var sum = 0.0
        var places: [Int] = []
        for place in (1..<beliefs.count - 1).sorted(by: { beliefs[$0] > beliefs[$1] }) {
            guard sum < noise.confidence.value else { break }
            sum += beliefs[place]
            places.append(place)
        }
        return places
    }

    /// The candidates that no boot can tell apart, of all such groups the most believed.
    private var likeliestGroup: [Int] {
        let inside = 1..<beliefs.count - 1
        guard !search.skips.isEmpty else {
            return inside.max { beliefs[$0] < beliefs[$1] }.map { [$0] } ?? []
        }
        let groups = Dictionary(
            grouping: inside.filter { beliefs[$0] > 0 }, by: Fingerprints(search).of)
        let sums = groups.map { (places: $0.value, sum: $0.value.reduce(0) { $0 + beliefs[$1] }) }
        return sums.max { ($0.sum, $1.places[0]) < ($1.sum, $0.places[0]) }?.places ?? []
    }

    func remaining(besides ends: Int) -> Remaining {
        let inside = 1..<beliefs.count - 1
        let favourite = inside.max { beliefs[$0] < beliefs[$1] }.map { place in
            Remaining.Favourite(
                revision: search.history.revisions[place], confidence: beliefs[place])
        }
        guard search.conclusion == nil else {
            return Remaining(candidates: likely.count, probes: 0, favourite: favourite)
        }
        let doubt = beliefs.reduce(0) { $0 + Entropy.part($1) }
        let goal = Entropy.ofTwo(noise.confidence.value)
        let gain = max(NoisyChoice(search, posterior, noise).bestGain, 0.01)
        let probes = max(1, Int((max(0, doubt - goal) / gain).rounded(.up)))
        return Remaining(candidates: likely.count, probes: max(probes, ends), favourite: favourite)
    }
}

/// Tells which candidates no boot can tell apart: those that are among the ancestors of the same
/// revisions that can be judged.
private struct Fingerprints {
    private let marks: [UInt64]

    init(_ search: Search) {
        let count = search.history.revisions.count
        var generator = SplitMix(seed: 1)
        var marks = Array(repeating: UInt64(0), count: count)
        for place in 0..<count {
            let mark = generator.next()
            guard !search.isSkipped(place) else { continue }
            search.history.ancestry.ancestors(of: place).forEach { marks[$0] ^= mark }
        }
        self.marks = marks
    }

    func of(_ place: Int) -> UInt64 { marks[place] }
}
