// SPDX-License-Identifier: GPL-3.0-or-later

import Bisection
import Testing
import Vocabulary

@Suite struct LineTests {
    /// The least number of rounds in which k boards tell n things apart.
    private static func fewest(_ count: Int, boards: Int) -> Int {
        var (rounds, reach) = (0, 1)
        while reach < count { (rounds, reach) = (rounds + 1, reach * (boards + 1)) }
        return rounds
    }

    @Test(arguments: [2, 3, 4, 5, 8, 9, 17, 33, 64, 65, 100])
    func `one board needs what git needs, and both ends`(count: Int) throws {
        for culprit in 1..<count {
            let played = try Played.play(Search(.line(count))) { revision in
                number(revision) >= culprit ? .bad : .good
            }
            #expect(played.culprit == InventedHistory.name(culprit))
            #expect(played.probes.count <= Self.fewest(count - 1, boards: 1) + 2)
            #expect(Set(played.probes).count == played.probes.count)
        }
    }

    @Test(arguments: [2, 3, 4, 8], [10, 28, 82, 101])
    func `several boards need the fewest rounds`(boards: Int, count: Int) throws {
        for culprit in 1..<count {
            var search = try Search(.line(count))
            try search.add(SearchRecord(search.history.bad, .bad))
            try search.add(SearchRecord(search.history.good, .good))
            let played = try Played.play(search, boards: boards) { revision in
                number(revision) >= culprit ? .bad : .good
            }
            #expect(played.culprit == InventedHistory.name(culprit))
            #expect(played.rounds <= Self.fewest(count - 1, boards: boards))
        }
    }

    @Test func `other boards begin in the middle while one looks at the ends`() throws {
        let search = try Search(.line(90))
        let first = search.next(free: 3)
        #expect(first.count == 3)
        #expect(first[0] == search.history.bad)
        #expect(!first.contains(search.history.good))
        #expect(search.next(free: 1, besides: first).allSatisfy { !search.isEnd($0) })
    }

    @Test func `a board that comes later gets what the others leave open`() throws {
        var search = try Search(.line(101))
        try search.add(SearchRecord(search.history.bad, .bad))
        try search.add(SearchRecord(search.history.good, .good))
        let first = search.next(free: 1)
        let second = search.next(free: 2, besides: first)
        #expect(Set(first + second).count == 3)
        #expect(Set((first + second).map { number($0) / 26 }).count == 3)
    }

    @Test func `ends that are not what they are said to be are told`() throws {
        let line = try History.line(20)
        let allBad = try Played.play(Search(line)) { _ in .bad }
        #expect(allBad.search.conclusion == .wrongEnd(.goodIsBad(confidence: 1)))
        let allGood = try Played.play(Search(line)) { _ in .good }
        #expect(allGood.search.conclusion == .wrongEnd(.badIsGood(confidence: 1)))
        #expect(allGood.probes == [line.bad])
        let reason = SkipReason(.doesNotBoot, "it hangs")
        let dead = try Played.play(Search(line)) { _ in .skipped(reason) }
        #expect(dead.search.conclusion == .wrongEnd(.cannotBeJudged(line.bad, reason)))
    }

    @Test func `two ends of one binary have nothing between them`() throws {
        var search = try Search(.line(20))
        let same = BinaryIdentity("b")
        try search.add(SearchRecord(search.history.good, .binary(same)))
        try search.add(SearchRecord(search.history.bad, .binary(same)))
        #expect(search.conclusion == .wrongEnd(.sameBinary(same)))
    }

    @Test func `histories without two ends are refused`() throws {
        let (a, b) = (Revision("a"), Revision("b"))
        #expect(throws: HistoryError.sameEnds(a)) { try History(line: [a]) }
        #expect(throws: HistoryError.repeated(b)) { try History(line: [a, b, b, Revision("c")]) }
        #expect(throws: HistoryError.sameEnds(a)) { try History(graph: [], good: a, bad: a) }
        #expect(throws: HistoryError.unknown(a)) { try History(graph: [], good: a, bad: b) }
        let apart = [ParentedRevision(a, parents: []), ParentedRevision(b, parents: [])]
        #expect(throws: HistoryError.notAnAncestor(good: a, bad: b)) {
            try History(graph: apart, good: a, bad: b)
        }
        let circle = [ParentedRevision(a, parents: [b]), ParentedRevision(b, parents: [a])]
        #expect(throws: HistoryError.circular(a)) { try History(graph: circle, good: a, bad: b) }
        var search = try Search(.line(4))
        #expect(throws: SearchError.unknown(a)) { try search.add(SearchRecord(a, .good)) }
    }
}

/// The number of an invented revision.
func number(_ revision: Revision) -> Int { Int(revision.text.dropFirst()) ?? -1 }
