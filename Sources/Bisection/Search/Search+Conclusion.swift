// SPDX-License-Identifier: GPL-3.0-or-later

extension Search {
    /// How the search ends; nothing while it goes on.
    package var conclusion: Conclusion? {
        if let trouble = endTrouble { return .wrongEnd(trouble) }
        if let posterior, let noise { return Belief(self, posterior, noise).conclusion }
        if let contradiction { return .contradicted(contradiction) }
        guard hasBothEnds else { return nil }
        let left = candidates
        let size = left.count
        let counts = history.ancestry.counts(of: left)
        let isOpen = counts.indices.contains { place in
            counts[place] > 0 && counts[place] < size && !isSkipped(place)
        }
        if isOpen { return nil }
        let places = left.places
        guard let only = places.first, size == 1 else {
            return .undecided(undecided(among: places, confidence: 1))
        }
        return .culprit(culprit(only, confidence: 1))
    }

    func culprit(_ place: Int, confidence: Double) -> Culprit {
        let ancestry = history.ancestry
        let before = good.filter { $0 != place && ancestry.contains($0, of: place) }.max()
        let after = bad.filter { ancestry.contains(place, of: $0) }.min()
        return Culprit(
            revision: history.revisions[place], confidence: confidence,
            lastGood: before.map { history.revisions[$0] },
            firstBad: after.map { history.revisions[$0] })
    }

    func undecided(among places: [Int], confidence: Double) -> Undecided {
        Undecided(
            candidates: places.map { history.revisions[$0] }, confidence: confidence,
            skipped: places.filter { isSkipped($0) }.map { history.revisions[$0] })
    }

    /// What of the ends stands in the way, as far as one look at them tells.
    private var endTrouble: EndTrouble? {
        let last = history.revisions.count - 1
        for end in [last, 0] {
            if let reason = skips[end], !isSeen(end) {
                return .cannotBeJudged(history.revisions[end], reason)
            }
        }
        if let binary = binaries[0], binary == binaries[last] { return .sameBinary(binary) }
        guard noise == nil, contradiction?.unsteady == nil else { return nil }
        if good.contains(last) { return .badIsGood(confidence: 1) }
        return bad.contains(0) ? .goodIsBad(confidence: 1) : nil
    }
}
