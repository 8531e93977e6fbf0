// SPDX-License-Identifier: GPL-3.0-or-later

import Bisection
import Testing
import Vocabulary

@Suite struct NoiseTests {
    /// What came of many seeded searches.
    private struct Tally {
        var right = 0
        var wrong: [UInt64] = []
        var probes = 0
    }

    private func tally(
        _ history: History, _ noise: NoiseModel, shows: Double, lies: Double, seeds: Int,
        boards: Int = 1, isBad: (Revision, Revision) -> Bool
    ) throws -> Tally {
        var tally = Tally()
        for seed in UInt64(1)...UInt64(seeds) {
            var generator = SplitMix(seed: seed)
            let place = Int.random(in: 1..<history.revisions.count, using: &generator)
            let culprit = history.revisions[place]
            let played = try Played.play(Search(history, noise: noise), boards: boards) {
                revision in
                let isShown = Double.random(in: 0..<1, using: &generator) < shows
                let isLie = Double.random(in: 0..<1, using: &generator) < lies
                return (isBad(revision, culprit) && isShown) != isLie ? .bad : .good
            }
            tally.probes += played.probes.count
            if played.culprit == culprit { tally.right += 1 } else { tally.wrong.append(seed) }
        }
        return tally
    }

    private func onALine(_ revision: Revision, _ culprit: Revision) -> Bool {
        number(revision) >= number(culprit)
    }

    @Test(arguments: [0.9, 0.7, 0.4])
    func `a symptom that shows now and then is found, whether its rate is stated or not`(
        shows: Double
    ) throws {
        let history = try History.line(65)
        for stated in [Probability(shows), nil] {
            let noise = try #require(NoiseModel(shows: stated))
            let tally = try tally(
                history, noise, shows: shows, lies: 0.01, seeds: 100, isBad: onALine)
            #expect(tally.right >= 97, "wrong with seeds \(tally.wrong)")
        }
    }

    @Test func `a bench that lies is seen through`() throws {
        let lies = try #require(Probability(0.1))
        let noise = try #require(NoiseModel(shows: .certain, lies: lies))
        let tally = try tally(
            History.line(65), noise, shows: 1, lies: 0.1, seeds: 100, boards: 3, isBad: onALine)
        #expect(tally.right >= 97, "wrong with seeds \(tally.wrong)")
    }

    @Test func `merges are no hindrance`() throws {
        let invented = InventedHistory(graphOf: 40, seed: 7)
        let bad = InventedHistory.name(39)
        let good = try #require(
            invented.ancestors(of: bad).min { number($0) < number($1) })
        let history = try History(graph: invented.graph, good: good, bad: bad)
        let noise = try #require(NoiseModel(shows: Probability(0.7)))
        let tally = try tally(history, noise, shows: 0.7, lies: 0.01, seeds: 60) {
            revision, culprit in
            invented.ancestors(of: revision).contains(culprit)
        }
        #expect(tally.right >= 57, "wrong with seeds \(tally.wrong)")
    }

    @Test func `ends that are stated wrongly are told`() throws {
        let noise = try #require(NoiseModel(shows: Probability(0.8)))
        let never = try Played.play(Search(.line(30), noise: noise)) { _ in .good }
        guard case .wrongEnd(.badIsGood(let confidence))? = never.search.conclusion else {
            Issue.record("it ends with \(never.search.conclusion as Any)")
            return
        }
        #expect(confidence >= 0.99)
        let always = try Played.play(Search(.line(30), noise: noise)) { _ in .bad }
        guard case .wrongEnd(.goodIsBad)? = always.search.conclusion else {
            Issue.record("it ends with \(always.search.conclusion as Any)")
            return
        }
    }

    @Test func `what was skipped around the culprit stays open, with its confidence`() throws {
        let noise = try #require(NoiseModel(shows: Probability(0.9)))
        var generator = SplitMix(seed: 3)
        let played = try Played.play(Search(.line(40), noise: noise)) { revision in
            if (18...21).contains(number(revision)) {
                return .skipped(SkipReason(.doesNotBuild, ""))
            }
            let isShown = Double.random(in: 0..<1, using: &generator) < 0.9
            return number(revision) >= 20 && isShown ? .bad : .good
        }
        guard case .undecided(let left)? = played.search.conclusion else {
            Issue.record("it ends with \(played.search.conclusion as Any)")
            return
        }
        #expect(left.candidates == (18...22).map(InventedHistory.name))
        #expect(left.confidence >= 0.99)
    }

    @Test func `no model is made of what could tell nothing`() throws {
        #expect(NoiseModel(shows: Probability(0)) == nil)
        let half = try #require(Probability(0.5))
        #expect(NoiseModel(shows: nil, lies: half) == nil)
        #expect(NoiseModel(shows: nil, confidence: .certain) == nil)
        #expect(Probability(1.01) == nil)
        #expect(Probability(.nan) == nil)
    }
}
