// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// How many pages an allocation wants, at least one.
///
/// At most 32 bits: the allocator of 4.8 pads in `unsigned int` (`iova_get_pad_size`,
/// `drivers/iommu/iova.c`), so larger sizes never meant anything there.
package struct PageCount: RawRepresentable, Hashable, Comparable, Sendable {
    package let rawValue: UInt32

    /// Makes a count, or nothing for zero.
    package init?(rawValue: UInt32) {
        guard rawValue > 0 else { return nil }
        self.rawValue = rawValue
    }

    private init(known: UInt32) { rawValue = known }

    /// What a doorbell takes.
    package static let one = PageCount(known: 1)

    /// The pages that a size fills; nothing where it fills none, or more than 32 bits count.
    package init?(of size: ByteCount, granule: Granule) {
        guard let count = UInt32(exactly: size.rawValue >> granule.shift) else { return nil }
        self.init(rawValue: count)
    }

    package static func < (left: PageCount, right: PageCount) -> Bool {
        left.rawValue < right.rawValue
    }

    /// The exponent of the next power of two (`order_base_2`).
    var order: Int { UInt32.bitWidth - (rawValue - 1).leadingZeroBitCount }

    /// Ones below the next power of two, for aligning to it.
    var alignmentMask: UInt64 { 1 << UInt64(order) - 1 }

    /// The count in the width that page numbers have.
    var wide: UInt64 { UInt64(rawValue) }

    /// The next power of two, as far as 32 bits hold it.
    var roundedUp: PageCount {
        PageCount(rawValue: UInt32(truncatingIfNeeded: alignmentMask + 1)) ?? self
    }
}

extension PageCount: CustomStringConvertible {
    package var description: String { rawValue == 1 ? "1 page" : "\(rawValue) pages" }
}
