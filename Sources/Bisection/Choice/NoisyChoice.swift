// SPDX-License-Identifier: GPL-3.0-or-later

/// Chooses boots by how much they are expected to tell of the culprit, where no boot is sure.
struct NoisyChoice {
    private let search: Search
    private let noise: NoiseModel
    /// What is believed after each way in which the boards that are at work may answer.
    private var branches: [Branch]
    private let distance: SkipDistance
    private let counts: [Int]

    private struct Branch {
        var probability: Double
        var posterior: Posterior
    }

    /// How many ways of answering are kept: the likeliest.
    private static let branchLimit = 64
    /// Less is rounding, in bits.
    private static let leastGain = 1e-9

    init(_ search: Search, _ posterior: Posterior, _ noise: NoiseModel) {
        self.search = search
        self.noise = noise
        branches = [Branch(probability: 1, posterior: posterior)]
        let all = PlaceSet(1..<search.history.revisions.count, room: search.history.revisions.count)
        counts = search.history.ancestry.counts(of: all)
        let counts = counts
        distance = SkipDistance(skipped: search.skips.keys.map { counts[$0] })
    }

    /// The most that one boot is expected to tell, in bits.
    var bestGain: Double { gains.max() ?? 0 }

    /// Whether no boot would tell anything.
    var isUseless: Bool { bestGain <= Self.leastGain }

    /// The places to look at, each chosen after the answers of those before have been weighed.
    func choose(_ count: Int, besides running: [Int]) -> [Int] {
        var after = self
        for place in running { after.branch(at: place) }
        var chosen: [Int] = []
        while chosen.count < count {
            let gains = after.gains
            guard let best = gains.indices.max(by: { gains[$0] < gains[$1] }),
                gains[best] > Self.leastGain
            else { break }
            chosen.append(best)
            if chosen.count < count { after.branch(at: best) }
        }
        return chosen
    }

    /// For each place what it is expected to tell, in bits; nothing of those that were skipped.
    private var gains: [Double] {
        var gains = Array(repeating: 0.0, count: counts.count)
        for branch in branches {
            for (place, gain) in self.gains(in: branch.posterior).enumerated() {
                gains[place] += branch.probability * gain
            }
        }
        guard !search.skips.isEmpty else { return gains }
        return gains.indices.map { place in
            search.isSkipped(place) ? 0 : gains[place] * distance.trust(counts[place])
        }
    }

    /// How much less is unknown of the culprit after one boot: the doubt about the answer, without
    /// the part of it that is there even when the culprit is known.
    private func gains(in posterior: Posterior) -> [Double] {
        let (beliefs, tellings) = (posterior.beliefs, posterior.tellings)
        let doubts = zip(beliefs, tellings).map { belief, telling in
            belief > 0 ? belief * Entropy.ofTwo(telling / belief) : 0
        }
        let ancestry = search.history.ancestry
        let (guilty, told, doubt) = (
            ancestry.sums(of: beliefs), ancestry.sums(of: tellings), ancestry.sums(of: doubts)
        )
        let lies = noise.lies.value
        let doubtOfGood = Entropy.ofTwo(lies)
        return guilty.indices.map { place in
            let innocent = max(0, 1 - guilty[place])
            let bad = min(1, told[place] + innocent * lies)
            return max(0, Entropy.ofTwo(bad) - doubt[place] - innocent * doubtOfGood)
        }
    }

    /// Weighs both answers of a place.
    private mutating func branch(at place: Int) {
        let guilty = search.history.ancestry.ancestors(of: place)
        let last = search.history.revisions.count
        var split: [Branch] = []
        for branch in branches {
            let bad = badness(of: guilty, in: branch.posterior)
            for (isBad, share) in [(true, bad), (false, 1 - bad)] where share > 0 {
                var answered = branch
                answered.probability *= share
                answered.posterior.learn(isBad: isBad) { $0 < last && guilty.contains($0) }
                split.append(answered)
            }
        }
        split.sort { $0.probability > $1.probability }
        let kept = split.prefix(Self.branchLimit)
        let sum = kept.reduce(0) { $0 + $1.probability }
        branches = kept.map { Branch(probability: $0.probability / sum, posterior: $0.posterior) }
    }

    /// How likely a boot tells that it is bad.
    private func badness(of guilty: PlaceSet, in posterior: Posterior) -> Double {
        let (beliefs, tellings) = (posterior.beliefs, posterior.tellings)
        var (belief, telling) = (0.0, 0.0)
        guilty.forEach { place in
            belief += beliefs[place]
            telling += tellings[place]
        }
        return min(1, telling + max(0, 1 - belief) * noise.lies.value)
    }
}
