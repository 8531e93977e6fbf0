// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension Sequence where Element == IOVARange {
    /// Joins neighbours and overlaps, in ascending order.
    ///
    /// A user map is traced in one piece for each physically contiguous run, and where those lie
    /// differs from run to run.
    var coalesced: [IOVARange] {
        sorted { $0.first < $1.first }.reduce(into: []) { joined, range in
            if let last = joined.last, last.last >= range.first || last.isFollowed(by: range),
                let both = IOVARange(first: last.first, last: Swift.max(last.last, range.last))
            {
                joined[joined.count - 1] = both
            } else {
                joined.append(range)
            }
        }
    }
}

extension IOVARange {
    /// Whether another range begins right behind this one.
    func isFollowed(by next: IOVARange) -> Bool {
        last.advanced(by: .bytes(1)) == next.first
    }
}
