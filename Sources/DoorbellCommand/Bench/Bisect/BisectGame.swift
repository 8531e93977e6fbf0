// SPDX-License-Identifier: GPL-3.0-or-later

import Bisection
import Vocabulary

/// A search over an invented history whose culprit is known to the player.
struct BisectGame {
    /// The good end first; revisions that are named by their places.
    let history: History
    var search: Search
    /// How often free boards were asked, the looks at the ends left out.
    private(set) var rounds = 0
    /// How many boots that took, ends left out.
    private(set) var probes = 0

    init(_ history: History, noise: NoiseModel? = nil) {
        self.history = history
        search = Search(history, noise: noise)
    }

    /// A line of revisions, of which any but the first may be the culprit.
    static func line(candidates: Int) throws -> History {
        try History(line: (0...candidates).map { Revision("\($0)") })
    }

    /// Looks at the ends, and then asks so many boards at once until the search ends.
    mutating func play(
        boards: Int, answer: (Revision) -> SearchRecord.Observation
    ) throws -> Conclusion? {
        for end in [history.bad, history.good] {
            try search.add(SearchRecord(end, answer(end)))
        }
        while case let next = search.next(free: boards), !next.isEmpty {
            rounds += 1
            probes += next.count
            for revision in next { try search.add(SearchRecord(revision, answer(revision))) }
        }
        return search.conclusion
    }

    /// Whether it names this one.
    static func isRight(_ conclusion: Conclusion?, _ culprit: Revision) -> Bool {
        if case .culprit(let found)? = conclusion { found.revision == culprit } else { false }
    }
}

/// A symptom that comes and goes.
struct FlakySymptom: Sendable, Hashable {
    let name: String
    /// In how many boots of a bad kernel it shows.
    let shows: Double
    /// In how many boots the answer is the opposite.
    let lies: Double
    /// What the search is told of it.
    let noise: NoiseModel

    /// It is missed in so many of a hundred boots, which nobody tells the search.
    init?(missedIn percent: Int) {
        guard let noise = NoiseModel(shows: nil) else { return nil }
        name = "missed in \(percent) %"
        (shows, lies) = (1 - Double(percent) / 100, 0.01)
        self.noise = noise
    }

    /// So many of a hundred answers are wrong, in both directions, which the search is told.
    init?(wrongIn percent: Int) {
        guard let lies = Probability(Double(percent) / 100),
            let noise = NoiseModel(shows: .certain, lies: lies)
        else { return nil }
        name = "wrong in \(percent) %"
        (shows, self.lies) = (1, lies.value)
        self.noise = noise
    }

    /// What one boot says of a kernel.
    func isBad(_ isGuilty: Bool, _ generator: inout SplitMix) -> Bool {
        let isShown = Double.random(in: 0..<1, using: &generator) < shows
        let isLie = Double.random(in: 0..<1, using: &generator) < lies
        return (isGuilty && isShown) != isLie
    }
}
