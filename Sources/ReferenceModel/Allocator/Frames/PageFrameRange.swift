// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// A run of pages, both ends included, never empty: `pfn_lo` and `pfn_hi` of a `struct iova`.
package struct PageFrameRange: Hashable, Sendable, Codable {
    package let first: PageFrame
    package let last: PageFrame

    /// Makes a range, or nothing when it would be empty.
    package init?(first: PageFrame, last: PageFrame) {
        guard first <= last else { return nil }
        self.init(known: first, last)
    }

    /// The pages that hold any byte of the range.
    ///
    /// Rounding to the domain's granule is what `reserve_iova`'s callers do: the first page of the
    /// first byte to the page of the last (`iova_reserve_iommu_regions`, 6.1).
    package init(covering range: IOVARange, granule: Granule) {
        self.init(
            known: PageFrame(of: range.first, granule: granule),
            PageFrame(of: range.last, granule: granule))
    }

    /// For ranges that are right by construction.
    init(known first: PageFrame, _ last: PageFrame) {
        self.first = first
        self.last = last
    }

    /// A single page.
    package init(_ frame: PageFrame) { self.init(known: frame, frame) }

    /// Whether the page is one of them.
    package func contains(_ frame: PageFrame) -> Bool { first <= frame && frame <= last }

    /// Whether any page lies in both.
    package func overlaps(_ other: PageFrameRange) -> Bool {
        first <= other.last && other.first <= last
    }

    /// The bytes; nothing where they are not in 64 bits.
    package func addresses(granule: Granule) -> IOVARange? {
        let most = UInt64.max >> granule.shift
        guard last.rawValue <= most else { return nil }
        let end = last.rawValue << granule.shift | (granule.bytes.rawValue - 1)
        return IOVARange(first: first.address(granule: granule), last: IOVA(rawValue: end))
    }
}

extension PageFrameRange: CustomStringConvertible {
    package var description: String {
        first == last
            ? "\(first)" : "\(first)-\(Hexadecimal.prefixed(last.rawValue))"
    }
}
