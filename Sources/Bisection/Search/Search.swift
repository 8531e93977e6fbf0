// SPDX-License-Identifier: GPL-3.0-or-later

/// Looks for the culprit of a history: says what to boot next, takes what was seen, and knows when it is done.
///
/// It is a value. The same records in the same order give the same search, which is how a journal is
/// gone on with.
package struct Search: Sendable {
    package let history: History
    /// Nothing where every boot is believed.
    package let noise: NoiseModel?
    package private(set) var records: [SearchRecord] = []

    /// What may still be the culprit if every boot is believed; place 0 stands for a good end that is
    /// bad, the place behind the last for a bad end that is good.
    private(set) var alive: PlaceSet
    private(set) var posterior: Posterior?
    private(set) var good: Set<Int> = []
    private(set) var bad: Set<Int> = []
    private(set) var skips: [Int: SkipReason] = [:]
    private(set) var binaries: [Int: BinaryIdentity] = [:]

    /// Begins a search.
    ///
    /// - Parameters:
    ///   - history: what is searched.
    ///   - noise: how far boots are believed; nothing for a symptom that always shows.
    package init(_ history: History, noise: NoiseModel? = nil) {
        self.history = history
        self.noise = noise
        let count = history.revisions.count
        alive = PlaceSet(0..<count + 1, room: count + 1)
        posterior = noise.map { Posterior(places: count, $0) }
    }

    /// Goes on where a list of records ends.
    /// - Throws: `SearchError.unknown`.
    package init(
        _ history: History, noise: NoiseModel? = nil, records: [SearchRecord]
    ) throws(SearchError) {
        self.init(history, noise: noise)
        for record in records { try add(record) }
    }

    /// Takes what was learned of a revision.
    /// - Throws: `SearchError.unknown`.
    package mutating func add(_ record: SearchRecord) throws(SearchError) {
        guard let place = history.place(of: record.revision) else {
            throw .unknown(record.revision)
        }
        records.append(record)
        switch record.observation {
        case .good: learn(place, isBad: false)
        case .bad: learn(place, isBad: true)
        case .skipped(let reason): skips[place] = reason
        case .binary(let binary): identify(place, binary)
        }
    }

    private mutating func learn(_ place: Int, isBad: Bool) {
        if isBad { bad.insert(place) } else { good.insert(place) }
        let guilty = guilty(place)
        if isBad { alive.formIntersection(guilty) } else { alive.subtract(guilty) }
        posterior?.learn(isBad: isBad) { guilty.contains($0) }
    }

    /// One binary is good or bad wherever it came from: what lies between is not the culprit.
    private mutating func identify(_ place: Int, _ binary: BinaryIdentity) {
        let twin = binaries.first { $0.value == binary && $0.key != place }?.key
        binaries[place] = binary
        guard let twin else { return }
        var between = guilty(place)
        between.formSymmetricDifference(guilty(twin))
        alive.subtract(between)
        posterior?.exclude { between.contains($0) }
    }

    /// The hypotheses under which a revision is bad.
    func guilty(_ place: Int) -> PlaceSet {
        var set = PlaceSet(room: history.revisions.count + 1)
        set.formUnionOfShorter(history.ancestry.ancestors(of: place))
        return set
    }

    /// Whether nothing would be learned by booting a revision, because of what is known of others.
    ///
    /// It is so for binaries that were judged already, and for what other boards have decided meanwhile.
    package func isDecided(_ revision: Revision) -> Bool {
        guard noise == nil, let place = history.place(of: revision) else { return false }
        if place == 0 || place == history.revisions.count - 1 {
            return good.contains(place) || bad.contains(place)
        }
        let inside = candidates
        return [0, inside.count].contains(history.ancestry.ancestors(of: place).count(in: inside))
    }

    /// The candidates that are left, without the doubts about the ends.
    var candidates: PlaceSet {
        var inside = PlaceSet(1..<history.revisions.count, room: history.revisions.count + 1)
        inside.formIntersection(alive)
        return inside
    }

    /// Whether nothing can be said of a revision, or of another one with its binary.
    func isSkipped(_ place: Int) -> Bool {
        if skips[place] != nil { return true }
        guard !skips.isEmpty, let binary = binaries[place] else { return false }
        return skips.keys.contains { binaries[$0] == binary }
    }

    /// Whether both ends were looked at.
    var hasBothEnds: Bool { isSeen(0) && isSeen(history.revisions.count - 1) }

    func isSeen(_ place: Int) -> Bool { good.contains(place) || bad.contains(place) }
}
