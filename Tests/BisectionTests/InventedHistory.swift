// SPDX-License-Identifier: GPL-3.0-or-later

import Bisection
import Vocabulary

/// A history made from a seed, with what a search must not know: the parents of each, and a culprit.
struct InventedHistory {
    let graph: [ParentedRevision]
    let seed: UInt64

    static func name(_ number: Int) -> Revision { Revision("r\(number)") }

    /// A random history: each revision comes from one or two earlier ones, mostly recent ones.
    init(graphOf count: Int, seed: UInt64) {
        self.seed = seed
        var generator = SplitMix(seed: seed)
        graph = (0..<count).map { number in
            guard number > 0 else { return ParentedRevision(Self.name(0), parents: []) }
            let reach = min(number, 6)
            let first = number - Int.random(in: 1...reach, using: &generator)
            let second = number - Int.random(in: 1...reach, using: &generator)
            let isMerge = Int.random(in: 0..<3, using: &generator) == 0 && first != second
            let parents = isMerge ? [first, second] : [first]
            return ParentedRevision(Self.name(number), parents: parents.map(Self.name))
        }
    }

    /// All that a revision came from, itself included: by the definition, with no care for speed.
    func ancestors(of revision: Revision) -> Set<Revision> {
        var found: Set<Revision> = []
        var open = [revision]
        while let next = open.popLast() {
            guard found.insert(next).inserted else { continue }
            open += graph.first { $0.revision == next }?.parents ?? []
        }
        return found
    }
}

extension History {
    /// A line r0, r1, … whose first is good and whose last is bad.
    static func line(_ count: Int) throws -> History {
        try History(line: (0..<count).map(InventedHistory.name))
    }
}

/// What a search on an invented history did.
struct Played {
    var search: Search
    /// How often boards were asked, all that are free at once.
    var rounds = 0
    var probes: [Revision] = []

    /// Lets boards answer round by round until the search ends, or has asked too often.
    static func play(
        _ search: Search, boards: Int = 1, limit: Int = 10_000,
        answer: (Revision) -> SearchRecord.Observation
    ) throws -> Played {
        var played = Played(search: search)
        while played.rounds < limit {
            let next = played.search.next(free: boards)
            guard !next.isEmpty else { break }
            played.rounds += 1
            for revision in next {
                played.probes.append(revision)
                try played.search.add(SearchRecord(revision, answer(revision)))
            }
        }
        return played
    }

    var culprit: Revision? {
        if case .culprit(let culprit)? = search.conclusion { culprit.revision } else { nil }
    }
}
