// SPDX-License-Identifier: GPL-3.0-or-later

/// Chooses boots on a line so that k boards cut what is left into k + 1 equal parts.
struct LineChoice {
    private let alive: [Int]
    private let isSkipped: (Int) -> Bool
    private let distance: SkipDistance

    init(_ search: Search) {
        let alive = search.candidates.places
        self.alive = alive
        isSkipped = { search.isSkipped($0) }
        distance = SkipDistance(
            skipped: search.skips.keys.map { place in Self.cut(at: place, in: alive) }
                .filter { $0 > 0 && $0 < alive.count })
    }

    /// How many candidates are not behind a place.
    private static func cut(at place: Int, in alive: [Int]) -> Int {
        var (low, high) = (0, alive.count)
        while low < high {
            let middle = (low + high) / 2
            if alive[middle] <= place { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The places to look at; fewer than are wanted where fewer tell anything.
    func choose(_ count: Int, besides running: [Int]) -> [Int] {
        let fixed = Set(running.map { Self.cut(at: $0, in: alive) })
            .filter { $0 > 0 && $0 < alive.count }.sorted()
        let bounds = [0] + fixed + [alive.count]
        var gaps = zip(bounds, bounds.dropFirst()).map { Gap(low: $0, high: $1, cuts: 0) }
        for _ in 0..<count {
            // The gap whose parts are the largest gets one more cut.
            let open = gaps.indices.filter { gaps[$0].cuts < room(in: gaps[$0]) }
            guard let widest = open.max(by: { gaps[$0].part < gaps[$1].part }) else { break }
            gaps[widest].cuts += 1
        }
        return gaps.flatMap(places)
    }

    /// What lies between two cuts, and how many are to be made inside.
    private struct Gap {
        let low: Int
        let high: Int
        var cuts: Int

        var part: Double { Double(high - low) / Double(cuts + 1) }
    }

    private func room(in gap: Gap) -> Int {
        guard gap.cuts < gap.high - gap.low - 1 else { return gap.cuts }
        return ((gap.low + 1)..<gap.high).count { place(ofCut: $0) != nil }
    }

    private func places(in gap: Gap) -> [Int] {
        var used: Set<Int> = []
        for number in 0..<gap.cuts {
            let wanted = gap.low + (gap.high - gap.low) * (number + 1) / (gap.cuts + 1)
            guard let cut = nearest(to: wanted, in: gap, without: used) else { continue }
            used.insert(cut)
        }
        return used.sorted().compactMap { place(ofCut: $0) }
    }

    private func nearest(to wanted: Int, in gap: Gap, without used: Set<Int>) -> Int? {
        func score(_ cut: Int) -> Double {
            let off = Double(abs(cut - wanted)) / Double(gap.high - gap.low)
            return (1 - off) * distance.trust(cut)
        }
        return ((gap.low + 1)..<gap.high).filter { !used.contains($0) && place(ofCut: $0) != nil }
            .max { score($0) < score($1) }
    }

    /// A place that has this many candidates behind it and can be judged.
    private func place(ofCut cut: Int) -> Int? {
        (alive[cut - 1]..<alive[cut]).first { !isSkipped($0) }
    }
}
