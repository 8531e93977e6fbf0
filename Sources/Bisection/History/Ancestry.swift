// SPDX-License-Identifier: GPL-3.0-or-later

/// Which revision has which among its ancestors; each has itself.
///
/// Place 0 is the good end and stands for all that is before it, so that it is everybody's ancestor.
enum Ancestry: Sendable {
    /// Each place has all lower ones; the number of places.
    case line(Int)
    /// A set for each place.
    case graph([PlaceSet])

    var count: Int {
        switch self {
        case .line(let count): count
        case .graph(let rows): rows.count
        }
    }

    func contains(_ ancestor: Int, of place: Int) -> Bool {
        switch self {
        case .line: ancestor <= place
        case .graph(let rows): rows[place].contains(ancestor)
        }
    }

    func ancestors(of place: Int) -> PlaceSet {
        switch self {
        case .line(let count): PlaceSet(0..<place + 1, room: count)
        case .graph(let rows): rows[place]
        }
    }

    /// For each place, how many of a set are among its ancestors.
    func counts(of set: PlaceSet) -> [Int] {
        switch self {
        case .line(let count):
            var sum = 0
            return (0..<count).map { place in
                sum += set.contains(place) ? 1 : 0
                return sum
            }
        case .graph(let rows): return rows.map { $0.count(in: set) }
        }
    }

    /// For each place, the sum of its ancestors' weights.
    func sums(of weights: [Double]) -> [Double] {
        switch self {
        case .line(let count):
            var sum = 0.0
            return (0..<count).map { place in
                sum += weights[place]
                return sum
            }
        case .graph(let rows):
            return rows.map { row in
                var sum = 0.0
                row.forEach { sum += weights[$0] }
                return sum
            }
        }
    }
}
