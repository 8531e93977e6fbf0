// SPDX-License-Identifier: GPL-3.0-or-later

/// The revisions between a good and a bad one, and which came from which.
///
/// The hypothesis of a search is that one of them is the culprit, and that those are bad which have it
/// among their ancestors or are it themselves.
package struct History: Sendable {
    /// The good end first, the bad end last, parents before their children.
    package let revisions: [Revision]
    let ancestry: Ancestry
    private let places: [Revision: Int]

    /// The largest number of revisions with merges between them: their ancestors take 200 MB.
    package static let graphLimit = 40_000

    /// Takes revisions of which each came from the one before: the first is good, the last bad.
    ///
    /// - Throws: `HistoryError` for a revision that is there twice, or fewer than two.
    package init(line: [Revision]) throws(HistoryError) {
        guard let good = line.first, let bad = line.last else {
            throw .unknown(Revision("revision"))
        }
        guard good != bad else { throw .sameEnds(good) }
        places = try Self.places(of: line)
        revisions = line
        ancestry = .line(line.count)
    }

    /// Takes revisions with their parents, in any order; parents that are not listed lie outside.
    ///
    /// The good end has to be listed too. What the bad end does not come from, and what the good one
    /// does come from, is left out.
    /// - Throws: `HistoryError`.
    package init(
        graph: [ParentedRevision], good: Revision, bad: Revision
    ) throws(HistoryError) {
        guard good != bad else { throw .sameEnds(good) }
        let nodes = try Self.places(of: graph.map(\.revision))
        guard let goodNode = nodes[good] else { throw .unknown(good) }
        guard let badNode = nodes[bad] else { throw .unknown(bad) }
        let walk = GraphWalk(parents: graph.map { $0.parents.compactMap { nodes[$0] } })
        let before = try walk.order(to: goodNode, named: graph)
        let order = try walk.order(to: badNode, named: graph)
        guard order.contains(goodNode) else { throw .notAnAncestor(good: good, bad: bad) }
        let outside = Set(before)
        let inside = [goodNode] + order.filter { !outside.contains($0) }
        let parents = walk.parents(among: inside)
        revisions = inside.map { graph[$0].revision }
        places = try Self.places(of: revisions)
        ancestry = try Self.ancestry(parents)
    }

    package var good: Revision { revisions[0] }
    package var bad: Revision { revisions[revisions.count - 1] }

    /// How many may be the culprit: all but the good end.
    package var candidateCount: Int { revisions.count - 1 }

    /// Whether no two revisions came from the same one.
    package var isLine: Bool { if case .line = ancestry { true } else { false } }

    func place(of revision: Revision) -> Int? { places[revision] }

    private static func places(of revisions: [Revision]) throws(HistoryError) -> [Revision: Int] {
        var places: [Revision: Int] = [:]
        for (place, revision) in revisions.enumerated() {
            guard places.updateValue(place, forKey: revision) == nil else {
                throw .repeated(revision)
            }
        }
        return places
    }

    /// A graph in which each has exactly the one before is a line.
    private static func ancestry(_ parents: [[Int]]) throws(HistoryError) -> Ancestry {
        let count = parents.count
        let isLine = parents.indices.dropFirst().allSatisfy { parents[$0].contains($0 - 1) }
        if isLine { return .line(count) }
        guard count <= graphLimit else { throw .tooMany(count: count, limit: graphLimit) }
        var rows: [PlaceSet] = []
        for (place, parents) in parents.enumerated() {
            var row = PlaceSet(room: count)
            // What lies before the good end is in everybody's past.
            row.insert(0)
            row.insert(place)
            for parent in parents { row.formUnion(rows[parent]) }
            rows.append(row)
        }
        return .graph(rows)
    }
}

/// A revision with those that it was made from; a merge has several.
package struct ParentedRevision: Hashable, Sendable {
    package let revision: Revision
    package let parents: [Revision]

    package init(_ revision: Revision, parents: [Revision]) {
        self.revision = revision
        self.parents = parents
    }
}
