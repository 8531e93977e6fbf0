// SPDX-License-Identifier: GPL-3.0-or-later

import Bisection
import Testing
import Vocabulary

@Suite struct ForesightTests {
    /// Plays a search with some boards, of which a random one answers first, and looks before each
    /// answer whether what is asked for next was foreseen.
    private func play(_ search: Search, boards: Int, culprit: Int, seed: UInt64) throws {
        var (search, pending) = (search, [Revision]())
        var generator = SplitMix(seed: seed)
        while search.conclusion == nil {
            pending += search.next(free: boards - pending.count, besides: pending)
            guard let answered = pending.randomElement(using: &generator) else { break }
            let foreseen = search.foreseen(boards: boards, besides: pending)
            try search.add(SearchRecord(answered, number(answered) >= culprit ? .bad : .good))
            pending.removeAll { $0 == answered || !search.isWorthBooting($0) }
            for next in search.next(free: boards - pending.count, besides: pending) {
                #expect(foreseen.contains(next), "seed \(seed), culprit \(culprit)")
            }
        }
        #expect(search.conclusion != nil)
    }

    @Test(arguments: [1, 2, 3])
    func `what is asked for after any answer was foreseen`(boards: Int) throws {
        for seed in UInt64(1)...40 {
            let culprit = Int(seed) * 7 % 60 + 1
            try play(Search(.line(61)), boards: boards, culprit: culprit, seed: seed)
        }
    }

    @Test func `the likelier answer comes first, and certain ends foresee one thing`() throws {
        var search = try Search(.line(101))
        // The bad end will be bad, and then the good one is looked at.
        let first = search.foreseen(boards: 1, besides: [search.history.bad]).first
        #expect(first == search.history.good)
        try search.add(SearchRecord(search.history.bad, .bad))
        try search.add(SearchRecord(search.history.good, .good))
        // Of a hundred candidates ten lie before this one: it is good in nine of ten cases.
        let foreseen = search.foreseen(boards: 1, besides: [InventedHistory.name(10)])
        #expect(foreseen.map(number) == [55, 5])
    }

    @Test func `of a flaky symptom it is foreseen too, by what is believed`() throws {
        let model = try #require(NoiseModel(shows: nil))
        var search = Search(try .line(20), noise: model)
        for end in [search.history.bad, search.history.good] {
            try search.add(SearchRecord(end, end == search.history.bad ? .bad : .good))
        }
        let pending = search.next(free: 1)
        let foreseen = search.foreseen(boards: 1, besides: pending)
        for answer in [SearchRecord.Observation.good, .bad] {
            var later = search
            try later.add(SearchRecord(pending[0], answer))
            #expect(later.next(free: 1).allSatisfy(foreseen.contains))
        }
    }

    @Test func `nothing is foreseen where nothing is pending, or all is over`() throws {
        let search = try Search(.line(9))
        #expect(search.foreseen(boards: 1, besides: []).isEmpty)
        let done = try Played.play(search) { number($0) >= 4 ? .bad : .good }.search
        #expect(done.foreseen(boards: 1, besides: [InventedHistory.name(3)]).isEmpty)
    }
}
