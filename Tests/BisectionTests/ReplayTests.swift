// SPDX-License-Identifier: GPL-3.0-or-later

import Bisection
import Foundation
import Testing
import Vocabulary

@Suite struct ReplayTests {
    @Test func `a journal gives the same search at each of its lines`() throws {
        for noise in [nil, NoiseModel(shows: nil)] {
            let history = try History.line(50)
            var generator = SplitMix(seed: 11)
            let played = try Played.play(Search(history, noise: noise), boards: 2) { revision in
                let isShown = noise == nil || Int.random(in: 0..<10, using: &generator) > 1
                return number(revision) >= 33 && isShown ? .bad : .good
            }
            let lines = try played.search.records.map { try JSONEncoder().encode($0) }
            let read = try lines.map { try JSONDecoder().decode(SearchRecord.self, from: $0) }
            #expect(read == played.search.records)
            var live = Search(history, noise: noise)
            for (count, record) in read.enumerated() {
                let again = try Search(history, noise: noise, records: Array(read[..<count]))
                #expect(again.next(free: 2) == live.next(free: 2))
                #expect(again.remaining == live.remaining)
                try live.add(record)
            }
            #expect(live.conclusion == played.search.conclusion)
        }
    }

    @Test func `every kind of record comes back from its line`() throws {
        let kinds: [SearchRecord.Observation] =
            [.good, .bad, .binary(BinaryIdentity("b"))]
            + SkipReason.Kind.allCases.map { .skipped(SkipReason($0, "because")) }
        for kind in kinds {
            let record = SearchRecord(Revision("r"), kind)
            let line = try JSONEncoder().encode(record)
            #expect(try JSONDecoder().decode(SearchRecord.self, from: line) == record)
        }
        for damaged in ["{}", #"{"revision":"r"}"#, #"{"revision":"r","verdict":"worse"}"#] {
            #expect(throws: DecodingError.self) {
                try JSONDecoder().decode(SearchRecord.self, from: Data(damaged.utf8))
            }
        }
    }

    @Test func `what is left grows less until nothing is`() throws {
        var search = try Search(.line(65))
        #expect(search.remaining.candidates == 64)
        #expect(search.remaining.probes == 8)
        while let next = search.next(free: 1).first {
            let before = search.remaining
            try search.add(SearchRecord(next, number(next) >= 20 ? .bad : .good))
            #expect(search.remaining.probes < before.probes)
        }
        #expect(search.remaining.candidates == 1)
        #expect(search.remaining.probes == 0)
    }

    @Test func `a binary that was judged is not booted under another name`() throws {
        var search = try Search(.line(9))
        for (number, verdict) in [(8, SearchRecord.Observation.bad), (0, .good)] {
            try search.add(SearchRecord(InventedHistory.name(number), verdict))
        }
        let middle = try #require(search.next(free: 1).first)
        #expect(!search.isDecided(middle))
        for revision in [middle, search.history.good] {
            try search.add(SearchRecord(revision, .binary(BinaryIdentity("same"))))
        }
        #expect(search.isDecided(middle))
        #expect(!search.next(free: 8).contains(middle))
    }
}
