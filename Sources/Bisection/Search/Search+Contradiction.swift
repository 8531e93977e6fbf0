// SPDX-License-Identifier: GPL-3.0-or-later

extension Search {
    /// What no single culprit explains, where every boot is believed.
    ///
    /// Each bad revision has a culprit between itself and the good ones that it came from. Where the
    /// smallest such ranges have nothing in common, each has a culprit of its own.
    var contradiction: Contradiction? {
        if let unsteady = good.intersection(bad).min() {
            return Contradiction(unsteady: history.revisions[unsteady], ranges: [])
        }
        guard alive.isEmpty else { return nil }
        let ranges = bad.sorted().map { range(upTo: $0) }
        let smallest = ranges.filter { range in
            !ranges.contains { other in
                other.set.isSubset(of: range.set)
                    && (other.set != range.set || other.bad < range.bad)
            }
        }
        return Contradiction(
            unsteady: nil,
            ranges: smallest.map { range in
                Contradiction.Range(
                    good: range.good.map { history.revisions[$0] },
                    bad: history.revisions[range.bad], candidates: range.set.count)
            })
    }

    private typealias PlacedRange = (set: PlaceSet, good: Int?, bad: Int)

    private func range(upTo bad: Int) -> PlacedRange {
        var set = history.ancestry.ancestors(of: bad)
        let before = good.filter { history.ancestry.contains($0, of: bad) }
        for place in before { set.subtract(history.ancestry.ancestors(of: place)) }
        return (set, before.max(), bad)
    }
}
