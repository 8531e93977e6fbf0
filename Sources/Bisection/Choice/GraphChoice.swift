// SPDX-License-Identifier: GPL-3.0-or-later

/// Chooses boots in a history with merges.
///
/// One board gets what git would take: the revision that halves the candidates best. Several get
/// those that together tell the most of them apart.
struct GraphChoice {
    private let ancestry: Ancestry
    private let alive: [Int]
    private let counts: [Int]
    private let distance: SkipDistance
    /// The places that tell candidates apart and can be judged, the least candidates behind them first.
    private let places: [Int]

    /// How many places are weighed for several boards at once: a sample, evenly spread, is as good.
    private static let sample = 256

    init(_ search: Search) {
        ancestry = search.history.ancestry
        let left = search.candidates
        alive = left.places
        let counts = ancestry.counts(of: left)
        self.counts = counts
        let size = alive.count
        let telling = counts.indices.filter { counts[$0] > 0 && counts[$0] < size }
        distance = SkipDistance(
            skipped: telling.filter { search.skips[$0] != nil }.map { counts[$0] })
        places = telling.filter { !search.isSkipped($0) }
            .sorted { (counts[$0], $0) < (counts[$1], $1) }
    }

    /// The places to look at; fewer than are wanted where fewer tell anything.
    func choose(_ count: Int, besides running: [Int]) -> [Int] {
        let running = running.filter { counts[$0] > 0 && counts[$0] < alive.count }
        if count == 1, running.isEmpty { return halving.map { [$0] } ?? [] }
        let shortlist = Self.spread(places.filter { !running.contains($0) }, to: Self.sample)
        var chosen = beginning(count, of: shortlist)
        for _ in 0..<3 {
            var hasChanged = false
            for slot in chosen.indices {
                var others = chosen
                others.remove(at: slot)
                let better = best(of: shortlist, besides: others + running, now: chosen[slot])
                hasChanged = hasChanged || better != chosen[slot]
                chosen[slot] = better
            }
            guard hasChanged else { break }
        }
        return telling(chosen, besides: running)
    }

    /// Git's own choice: the larger part is as small as can be.
    private var halving: Int? {
        func score(_ place: Int) -> Double {
            Double(min(counts[place], alive.count - counts[place])) * distance.trust(counts[place])
        }
        return places.max { score($0) < score($1) }
    }

    /// Places with even numbers of candidates between them.
    private func beginning(_ count: Int, of shortlist: [Int]) -> [Int] {
        var chosen: [Int] = []
        for number in 0..<min(count, shortlist.count) {
            let wanted = alive.count * (number + 1) / (count + 1)
            let free = shortlist.filter { !chosen.contains($0) }
            guard
                let nearest = free.min(by: { abs(counts[$0] - wanted) < abs(counts[$1] - wanted) })
            else { break }
            chosen.append(nearest)
        }
        return chosen
    }

    private func best(of shortlist: [Int], besides others: [Int], now: Int) -> Int {
        let cells = cells(of: others)
        var (best, most) = (now, gain(of: now, in: cells))
        for place in shortlist where !others.contains(place) {
            let gain = gain(of: place, in: cells)
            if gain > most + 1e-9 { (best, most) = (place, gain) }
        }
        return best
    }

    /// Only those that still tell something when the others have spoken.
    private func telling(_ chosen: [Int], besides running: [Int]) -> [Int] {
        var kept: [Int] = []
        for place in chosen where gain(of: place, in: cells(of: kept + running)) > 0 {
            kept.append(place)
        }
        return kept
    }

    /// For each candidate the number of the group that it is in once these places have spoken.
    private func cells(of places: [Int]) -> [Int] {
        var cells = Array(repeating: 0, count: alive.count)
        for place in places {
            var numbers: [Int: Int] = [:]
            for (index, candidate) in alive.enumerated() {
                let key = 2 * cells[index] + (ancestry.contains(candidate, of: place) ? 1 : 0)
                cells[index] = numbers[key] ?? numbers.count
                if numbers[key] == nil { numbers[key] = cells[index] }
            }
        }
        return cells
    }

    /// How much a place tells beyond the groups, in bits for each candidate.
    private func gain(of place: Int, in cells: [Int]) -> Double {
        let groups = (cells.max() ?? 0) + 1
        var (inside, sizes) = (
            Array(repeating: 0, count: groups), Array(repeating: 0, count: groups)
        )
        for (index, candidate) in alive.enumerated() {
            sizes[cells[index]] += 1
            if ancestry.contains(candidate, of: place) { inside[cells[index]] += 1 }
        }
        let bits = zip(inside, sizes).reduce(0.0) { sum, group in
            sum + Double(group.1) * Entropy.ofTwo(Double(group.0) / Double(group.1))
        }
        return bits / Double(alive.count) * distance.trust(counts[place])
    }

    private static func spread(_ places: [Int], to limit: Int) -> [Int] {
        guard places.count > limit else { return places }
        return (0..<limit).map { places[$0 * places.count / limit] }
    }
}
