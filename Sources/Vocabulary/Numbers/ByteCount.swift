// SPDX-License-Identifier: GPL-3.0-or-later

/// A size in bytes.
package struct ByteCount: RawRepresentable, Hashable, Comparable, Sendable {
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }

    /// So many bytes.
    package static func bytes(_ count: UInt64) -> ByteCount { ByteCount(rawValue: count) }
    /// So many times 1,024 bytes.
    package static func kibibytes(_ count: UInt64) -> ByteCount { ByteCount(rawValue: count << 10) }
    /// So many times 1,048,576 bytes.
    package static func mebibytes(_ count: UInt64) -> ByteCount { ByteCount(rawValue: count << 20) }

    package static let zero = ByteCount(rawValue: 0)

    package static func < (left: ByteCount, right: ByteCount) -> Bool {
        left.rawValue < right.rawValue
    }
}

extension ByteCount: CustomStringConvertible {
    /// The largest binary unit that divides it: `2MiB`, `4KiB`, `513B`.
    package var description: String {
        for (shift, unit) in [(40, "TiB"), (30, "GiB"), (20, "MiB"), (10, "KiB")]
        where rawValue != 0 && rawValue & ((1 << UInt64(shift)) - 1) == 0 {
            return "\(rawValue >> UInt64(shift))\(unit)"
        }
        return "\(rawValue)B"
    }
}

/// The size of a page, always a power of two.
///
/// It is the CPU's or that of an IOMMU's page tables, as the place of use says.
package struct Granule: Hashable, Sendable {
    package let bytes: ByteCount

    /// Makes a granule, or nothing unless the size is a power of two.
    package init?(_ bytes: ByteCount) {
        guard bytes.rawValue.nonzeroBitCount == 1 else { return nil }
        self.bytes = bytes
    }

    private init(shift: Int) { bytes = ByteCount(rawValue: 1 << UInt64(shift)) }

    package static let fourKiB = Granule(shift: 12)
    package static let sixteenKiB = Granule(shift: 14)
    package static let sixtyFourKiB = Granule(shift: 16)
}

extension Granule: CustomStringConvertible {
    package var description: String { bytes.description }
}
