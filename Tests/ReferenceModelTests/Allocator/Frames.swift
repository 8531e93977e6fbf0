// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Testing
import Vocabulary

/// Short ways to write page numbers in the allocators' tests.
enum Frames {
    static func at(_ number: UInt64) -> PageFrame { PageFrame(rawValue: number) }

    static func range(_ first: UInt64, _ last: UInt64) throws -> PageFrameRange {
        try #require(PageFrameRange(first: at(first), last: at(last)))
    }

    static func range(_ only: UInt64) -> PageFrameRange { PageFrameRange(at(only)) }

    static func count(_ pages: UInt32) throws -> PageCount {
        try #require(PageCount(rawValue: pages))
    }
}

extension EraTree {
    /// A domain of the RFC's time with 4 KiB pages, by default the whole of 32 bits.
    static func sample(
        start: UInt64 = 1, cachedLimit: UInt64 = 0xf_ffff, lowestPageUsable: Bool = false
    ) -> EraTree {
        EraTree(
            granule: .fourKiB, start: Frames.at(start), cachedLimit: Frames.at(cachedLimit),
            lowestPageUsable: lowestPageUsable)
    }

    /// The first page of one that is handed out; nothing where the allocation fails.
    mutating func take(_ limit: UInt64, size: PageCount = .one) -> UInt64? {
        allocate(size, limit: Frames.at(limit)).grant?.range.first.rawValue
    }
}

extension CachedTree {
    /// A domain of 6.x with 4 KiB pages.
    static func sample(start: UInt64 = 1) -> CachedTree {
        CachedTree(granule: .fourKiB, start: Frames.at(start))
    }

    /// The first page of one that is handed out; nothing where the allocation fails.
    mutating func take(_ limit: UInt64, size: PageCount = .one) -> UInt64? {
        allocate(size, limit: Frames.at(limit))?.range.first.rawValue
    }
}
