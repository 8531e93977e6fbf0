// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// The maps of a domain that are live, in ascending order, each with the event that made it.
struct LiveRanges: Sendable {
    private(set) var entries: [(range: IOVARange, event: Int)] = []

    /// Finds a live map in the way of a range.
    func first(overlapping range: IOVARange) -> (range: IOVARange, event: Int)? {
        let place = place(of: range.first)
        return entries.indices.contains(place) && entries[place].range.overlaps(range)
            ? entries[place] : nil
    }

    mutating func add(_ range: IOVARange, _ event: Int) {
        entries.insert((range, event), at: place(of: range.first))
    }

    /// Takes a range out; what sticks out of it on either side stays.
    mutating func remove(_ gone: IOVARange) {
        let start = place(of: gone.first)
        var end = start
        var rest: [(range: IOVARange, event: Int)] = []
        while end < entries.count, entries[end].range.overlaps(gone) {
            rest += Self.cut(gone, from: entries[end].range).map { ($0, entries[end].event) }
            end += 1
        }
        entries.replaceSubrange(start..<end, with: rest)
    }

    /// The first entry that ends at or after an address.
    private func place(of address: IOVA) -> Int {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].range.last < address { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func cut(_ hole: IOVARange, from range: IOVARange) -> [IOVARange] {
        let below = hole.first.moved(backBy: .bytes(1)).flatMap {
            IOVARange(first: range.first, last: $0)
        }
        let above = hole.last.advanced(by: .bytes(1)).flatMap {
            IOVARange(first: $0, last: range.last)
        }
        return [below, above].compactMap { $0 }
    }
}
