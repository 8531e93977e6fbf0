// SPDX-License-Identifier: GPL-3.0-or-later

/// A set of places of a history, a bit for each.
struct PlaceSet: Sendable, Hashable {
    private var words: [UInt64]

    /// Makes an empty set that has room for the places 0..<count.
    init(room count: Int) { words = Array(repeating: 0, count: (count + 63) / 64) }

    /// Makes a set of a range of places, with room for the places 0..<count.
    init(_ range: Range<Int>, room count: Int) {
        self.init(room: count)
        for index in words.indices {
            let low = min(64, max(0, range.lowerBound - 64 * index))
            let high = min(64, max(0, range.upperBound - 64 * index))
            guard low < high else { continue }
            let ones = high - low == 64 ? UInt64.max : (1 << UInt64(high - low)) - 1
            words[index] = ones << UInt64(low)
        }
    }

    func contains(_ place: Int) -> Bool { words[place >> 6] >> UInt64(place & 63) & 1 == 1 }

    mutating func insert(_ place: Int) { words[place >> 6] |= 1 << UInt64(place & 63) }

    mutating func formUnion(_ other: PlaceSet) { combine(other, |) }
    mutating func formIntersection(_ other: PlaceSet) { combine(other, &) }
    mutating func subtract(_ other: PlaceSet) { combine(other) { $0 & ~$1 } }
    mutating func formSymmetricDifference(_ other: PlaceSet) { combine(other, ^) }

    /// Adds a set that may have room for fewer places.
    mutating func formUnionOfShorter(_ other: PlaceSet) {
        for index in other.words.indices { words[index] |= other.words[index] }
    }

    private mutating func combine(_ other: PlaceSet, _ operation: (UInt64, UInt64) -> UInt64) {
        for index in words.indices { words[index] = operation(words[index], other.words[index]) }
    }

    func subtracting(_ other: PlaceSet) -> PlaceSet {
        var rest = self
        rest.subtract(other)
        return rest
    }

    func intersection(_ other: PlaceSet) -> PlaceSet {
        var both = self
        both.formIntersection(other)
        return both
    }

    var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }
    var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

    func isDisjoint(with other: PlaceSet) -> Bool {
        zip(words, other.words).allSatisfy { $0 & $1 == 0 }
    }

    func isSubset(of other: PlaceSet) -> Bool {
        zip(words, other.words).allSatisfy { $0 & ~$1 == 0 }
    }

    func count(in other: PlaceSet) -> Int {
        var count = 0
        for index in words.indices { count += (words[index] & other.words[index]).nonzeroBitCount }
        return count
    }

    /// Calls with each place, the lowest first.
    func forEach(_ body: (Int) -> Void) {
        for index in words.indices {
            var word = words[index]
            while word != 0 {
                body(64 * index + word.trailingZeroBitCount)
                word &= word - 1
            }
        }
    }

    /// The places, the lowest first.
    var places: [Int] {
        var places: [Int] = []
        forEach { places.append($0) }
        return places
    }
}
