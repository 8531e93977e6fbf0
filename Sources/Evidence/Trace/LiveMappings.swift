// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// What is mapped at a moment of a trace: ranges of IOVAs that do not overlap, in ascending order.
///
/// They lie in blocks of a hundred, each a sorted array: a map or unmap costs a search in the
/// blocks and one in a block, and most follow the one before.
package struct LiveMappings: Sendable {
    private struct Entry {
        var first: UInt64
        var last: UInt64
    }

    /// Where an entry stands or would stand.
    private struct Place {
        var block: Int
        var index: Int
    }

    private static let blockSize = 128

    /// None of them is empty.
    private var blocks: [[Entry]] = []
    /// The block that was used last.
    private var recent = 0
    /// How many ranges are mapped.
    package private(set) var count = 0
    /// How many bytes are mapped, modulo 2⁶⁴: only all that there is wraps to zero.
    package private(set) var size = ByteCount.zero

    package init() {}

    /// Maps a range; what it overlaps is taken out before.
    ///
    /// - Returns: whether nothing was in its way.
    package mutating func map(_ range: IOVARange) -> Bool {
        let entry = Entry(first: range.first.rawValue, last: range.last.rawValue)
        var place = place(of: entry.first)
        let isFree = !isMapped(place) || blocks[place.block][place.index].first > entry.last
        if !isFree {
            _ = remove(entry, from: place)
            place = self.place(of: entry.first)
        }
        insert(entry, at: place)
        return isFree
    }

    /// Unmaps a range; what sticks out of it on either side stays.
    ///
    /// - Returns: whether all of it was mapped.
    package mutating func unmap(_ range: IOVARange) -> Bool {
        let entry = Entry(first: range.first.rawValue, last: range.last.rawValue)
        return remove(entry, from: place(of: entry.first)) == entry.last &- entry.first &+ 1
    }

    /// The ranges that are mapped, in ascending order.
    package var ranges: [IOVARange] {
        blocks.joined().compactMap {
            IOVARange(first: IOVA(rawValue: $0.first), last: IOVA(rawValue: $0.last))
        }
    }

    private func isMapped(_ place: Place) -> Bool {
        place.block < blocks.count && place.index < blocks[place.block].count
    }

    /// The first entry that ends at or after an address; behind the last one where there is none.
    private mutating func place(of address: UInt64) -> Place {
        guard !blocks.isEmpty else { return Place(block: 0, index: 0) }
        let block = block(of: address)
        recent = block
        let index = Self.lowerBound(blocks[block].count) { blocks[block][$0].last < address }
        return Place(block: block, index: index)
    }

    /// The first block that ends at or after an address, or the last of all.
    private func block(of address: UInt64) -> Int {
        if recent < blocks.count, recent == 0 || last(recent - 1) < address,
            recent == blocks.count - 1 || address <= last(recent)
        {
            return recent
        }
        return Self.lowerBound(blocks.count - 1) { last($0) < address }
    }

    private func last(_ block: Int) -> UInt64 { blocks[block][blocks[block].count - 1].last }

    /// The first number that is not below, of those from zero; the count where all are.
    private static func lowerBound(_ count: Int, isBelow: (Int) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBelow(middle) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private mutating func insert(_ entry: Entry, at place: Place) {
        count += 1
        size = .bytes(size.rawValue &+ (entry.last &- entry.first &+ 1))
        guard place.block < blocks.count else { return blocks.append([entry]) }
        blocks[place.block].insert(entry, at: place.index)
        guard blocks[place.block].count > Self.blockSize else { return }
        let half = Array(blocks[place.block][(Self.blockSize / 2)...])
        blocks[place.block].removeLast(half.count)
        blocks.insert(half, at: place.block + 1)
    }

    /// Takes a range out from its place on, and gives how many bytes of it were mapped.
    private mutating func remove(_ gone: Entry, from start: Place) -> UInt64 {
        var place = start
        var bytes: UInt64 = 0
        while isMapped(place) {
            let entry = blocks[place.block][place.index]
            guard entry.first <= gone.last else { break }
            let (first, last) = (max(entry.first, gone.first), min(entry.last, gone.last))
            bytes &+= last &- first &+ 1
            cut(entry, first, last, &place)
        }
        size = .bytes(size.rawValue &- bytes)
        return bytes
    }

    /// Leaves of an entry what lies before and behind a hole, and goes on behind it.
    private mutating func cut(
        _ entry: Entry, _ first: UInt64, _ last: UInt64, _ place: inout Place
    ) {
        if entry.first < first, last < entry.last {
            blocks[place.block][place.index].last = first - 1
            let rest = Entry(first: last + 1, last: entry.last)
            // The rest was counted already.
            size = .bytes(size.rawValue &- (rest.last &- rest.first &+ 1))
            insert(rest, at: Place(block: place.block, index: place.index + 1))
            place = self.place(of: rest.first)
        } else if entry.first < first {
            blocks[place.block][place.index].last = first - 1
            place.index += 1
        } else if last < entry.last {
            blocks[place.block][place.index].first = last + 1
        } else {
            delete(at: &place)
        }
        if place.block < blocks.count - 1, place.index >= blocks[place.block].count {
            place = Place(block: place.block + 1, index: 0)
        }
    }

    private mutating func delete(at place: inout Place) {
        count -= 1
        blocks[place.block].remove(at: place.index)
        guard blocks[place.block].isEmpty else { return }
        blocks.remove(at: place.block)
        place.index = 0
    }
}
