// SPDX-License-Identifier: GPL-3.0-or-later

extension Search {
    /// What may be asked for next, the likeliest first: kernels that are worth making before any board
    /// is free.
    ///
    /// Of each boot that is pending on so many boards it asks what would follow from either answer if
    /// that one came first. What a search does with two answers at once is not foreseen.
    package func foreseen(boards: Int, besides pending: [Revision]) -> [Revision] {
        var chances: [Revision: Double] = [:]
        var order: [Revision] = []
        for revision in pending {
            for (answer, chance) in answers(of: revision) where chance > 0 {
                let record = SearchRecord(revision, answer)
                for next in wanted(after: record, boards: boards, besides: pending) {
                    if chances[next] == nil { order.append(next) }
                    chances[next, default: 0] += chance
                }
            }
        }
        let ranks = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
        return order.sorted {
            (-chances[$0, default: 0], ranks[$0, default: 0])
                < (-chances[$1, default: 0], ranks[$1, default: 0])
        }
    }

    /// What a search that has learned this gives to the boards that are free then.
    private func wanted(
        after record: SearchRecord, boards: Int, besides pending: [Revision]
    ) -> [Revision] {
        var later = self
        guard (try? later.add(record)) != nil else { return [] }
        let others = pending.filter { $0 != record.revision && later.isWorthBooting($0) }
        return later.next(free: boards - others.count, besides: others)
    }

    private func answers(
        of revision: Revision
    ) -> [(answer: SearchRecord.Observation, chance: Double)] {
        guard let place = history.place(of: revision) else { return [] }
        let bad = chanceOfBad(place)
        return [(.bad, bad), (.good, 1 - bad)]
    }

    /// How likely a boot of a place is to be bad, by what is known of the culprit.
    private func chanceOfBad(_ place: Int) -> Double {
        let guilty = guilty(place)
        if let posterior {
            return posterior.beliefs.enumerated().reduce(0) { sum, belief in
                sum + (guilty.contains(belief.offset) ? belief.element : 0)
            }
        }
        guard !alive.isEmpty else { return 0.5 }
        return Double(guilty.count(in: alive)) / Double(alive.count)
    }
}
