// SPDX-License-Identifier: GPL-3.0-or-later

import Bisection
import Testing
import Vocabulary

@Suite struct GraphTests {
    /// A history between a random good end and the last revision, and the revisions that may be its
    /// culprit, by the definition: also those that branched off before the good end.
    private static func pick(
        _ invented: InventedHistory
    ) throws -> (history: History, inside: Set<Revision>) {
        let bad = InventedHistory.name(invented.graph.count - 1)
        let past = invented.ancestors(of: bad)
        var generator = SplitMix(seed: invented.seed)
        let early = past.filter { number($0) < invented.graph.count / 4 }
            .sorted { number($0) < number($1) }
        let good = try #require(early.randomElement(using: &generator))
        return (
            try History(graph: invented.graph.reversed(), good: good, bad: bad),
            past.subtracting(invented.ancestors(of: good))
        )
    }

    @Test func `each culprit of random histories is found, halving as git does`() throws {
        for seed in UInt64(1)...40 {
            let invented = InventedHistory(graphOf: 40, seed: seed)
            let (history, inside) = try Self.pick(invented)
            #expect(history.candidateCount == inside.count, "seed \(seed)")
            let pasts = Dictionary(
                uniqueKeysWithValues: inside.map { ($0, invented.ancestors(of: $0)) })
            for culprit in inside {
                var left = inside
                let played = try Played.play(Search(history)) { revision in
                    if revision == history.good { return .good }
                    let past = pasts[revision] ?? []
                    let isBad = past.contains(culprit)
                    if revision != history.bad {
                        let best = pasts.values.map { halving($0, left) }.max()
                        #expect(halving(past, left) == best, "seed \(seed), culprit \(culprit)")
                    }
                    left = isBad ? left.intersection(past) : left.subtracting(past)
                    return isBad ? .bad : .good
                }
                #expect(played.culprit == culprit, "seed \(seed)")
                #expect(left == [culprit], "seed \(seed)")
            }
        }
    }

    /// How many candidates are sure to be gone.
    private func halving(_ past: Set<Revision>, _ left: Set<Revision>) -> Int {
        min(past.intersection(left).count, left.subtracting(past).count)
    }

    @Test(arguments: [2, 3, 5])
    func `several boards find the same in fewer rounds`(boards: Int) throws {
        for seed in UInt64(1)...20 {
            let invented = InventedHistory(graphOf: 60, seed: seed)
            let (history, inside) = try Self.pick(invented)
            for culprit in inside {
                func answer(_ revision: Revision) -> SearchRecord.Observation {
                    invented.ancestors(of: revision).contains(culprit) ? .bad : .good
                }
                let alone = try Played.play(Search(history), answer: answer)
                let together = try Played.play(Search(history), boards: boards, answer: answer)
                #expect(together.culprit == culprit, "seed \(seed)")
                #expect(together.rounds < alone.rounds, "seed \(seed), culprit \(culprit)")
                #expect(Set(together.probes).count == together.probes.count, "seed \(seed)")
            }
        }
    }

    @Test func `skips leave what the definition leaves`() throws {
        for seed in UInt64(1)...60 {
            let invented = InventedHistory(graphOf: 30, seed: seed)
            let (history, inside) = try Self.pick(invented)
            var generator = SplitMix(seed: seed)
            let ordered = inside.sorted { number($0) < number($1) }
            guard let culprit = ordered.randomElement(using: &generator) else { continue }
            let skipped = Set(
                ordered.filter { revision in
                    revision != history.bad && Int.random(in: 0..<3, using: &generator) == 0
                })
            let played = try Played.play(Search(history)) { revision in
                if skipped.contains(revision) { return .skipped(SkipReason(.doesNotBoot, "")) }
                return invented.ancestors(of: revision).contains(culprit) ? .bad : .good
            }
            // Those which no revision that can be judged tells from the culprit.
            let judged = inside.subtracting(skipped).map { invented.ancestors(of: $0) }
            let open = inside.filter { other in
                judged.allSatisfy { $0.contains(other) == $0.contains(culprit) }
            }
            switch played.search.conclusion {
            case .culprit(let found)?: #expect([found.revision] == open, "seed \(seed)")
            case .undecided(let left)?: #expect(Set(left.candidates) == open, "seed \(seed)")
            default: Issue.record("seed \(seed) ends with \(played.search.conclusion as Any)")
            }
        }
    }

    @Test func `a graph without branches is a line`() throws {
        let names = (0..<50).map(InventedHistory.name)
        let graph = names.indices.map { place in
            ParentedRevision(names[place], parents: place == 0 ? [] : [names[place - 1]])
        }
        let history = try History(graph: graph.shuffled(), good: names[10], bad: names[49])
        #expect(history.isLine)
        #expect(history.revisions == Array(names[10...]))
    }
}
