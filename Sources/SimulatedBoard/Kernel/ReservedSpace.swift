// SPDX-License-Identifier: GPL-3.0-or-later
import Vocabulary

/// The pages of an IOVA space that are taken, each by how many.
///
/// Naive on purpose: a list that is searched from above.
struct ReservedSpace {
    let granule: Granule
    /// The page where the space begins; page 0 is never given out.
    let first: UInt64
    /// The last page of the space.
    let last: UInt64
    private(set) var taken: [ClosedRange<UInt64>] = []

    init(granule: Granule, range: IOVARange) {
        self.granule = granule
        let size = granule.bytes.rawValue
        first = max(1, range.first.rawValue / size)
        last = range.last.rawValue / size
    }

    private func pages(_ range: IOVARange) -> ClosedRange<UInt64> {
        let size = granule.bytes.rawValue
        return range.first.rawValue / size...range.last.rawValue / size
    }

    mutating func reserve(_ range: IOVARange) { taken.append(pages(range)) }

    /// Gives one reservation of exactly this range back.
    mutating func release(_ range: IOVARange) {
        let gone = pages(range)
        if let place = taken.lastIndex(of: gone) { taken.remove(at: place) }
    }

    /// M17: gives back whatever touches the range, the kernel's own pages too.
    mutating func releaseAll(touching range: IOVARange) {
        let gone = pages(range)
        taken.removeAll { $0.overlaps(gone) }
    }

    /// Takes the highest free page up to a limit.
    mutating func takeHighest(upTo limit: IOVA) -> IOVA? {
        var page = min(last, limit.rawValue / granule.bytes.rawValue)
        // The limit is the last byte of a page, else that page does not fit below it.
        let size = granule.bytes.rawValue
        if page * size + (size - 1) > limit.rawValue { page &-= 1 }
        while page >= first, page <= last {
            guard let hit = taken.first(where: { $0.contains(page) }) else { return take(page) }
            guard hit.lowerBound > 0 else { return nil }
            page = hit.lowerBound - 1
        }
        return nil
    }

    /// M15: the lowest instead.
    mutating func takeLowest(upTo limit: IOVA) -> IOVA? {
        var page = first
        while page <= min(last, limit.rawValue / granule.bytes.rawValue) {
            guard let hit = taken.first(where: { $0.contains(page) }) else { return take(page) }
            page = hit.upperBound + 1
        }
        return nil
    }

    private mutating func take(_ page: UInt64) -> IOVA {
        taken.append(page...page)
        return IOVA(rawValue: page * granule.bytes.rawValue)
    }
}
