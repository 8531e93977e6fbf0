// SPDX-License-Identifier: GPL-3.0-or-later

/// A run of IOVAs, both ends included, never empty.
///
/// Inclusive because the kernel's own ranges are (`VFIO_IOMMU_TYPE1_INFO_CAP_IOVA_RANGE`,
/// `reserved_regions`), and because a range may end at the last address there is.
package struct IOVARange: Hashable, Sendable {
    package let first: IOVA
    package let last: IOVA

    /// Makes a range, or nothing when it would be empty.
    package init?(first: IOVA, last: IOVA) {
        guard first <= last else { return nil }
        self.first = first
        self.last = last
    }

    /// Makes a range of a size, or nothing when it is empty or leaves 64 bits.
    package init?(first: IOVA, size: ByteCount) {
        guard size > .zero, let last = first.advanced(by: .bytes(size.rawValue - 1)) else {
            return nil
        }
        self.init(first: first, last: last)
    }

    /// Whether the address lies in the range.
    package func contains(_ address: IOVA) -> Bool { first <= address && address <= last }

    /// Whether all of the other range lies in this one.
    package func contains(_ other: IOVARange) -> Bool {
        first <= other.first && other.last <= last
    }

    /// Whether any address lies in both.
    package func overlaps(_ other: IOVARange) -> Bool {
        first <= other.last && other.first <= last
    }
}

extension IOVARange: CustomStringConvertible {
    package var description: String { "\(first)-\(last)" }
}

#if !hasFeature(Embedded)
extension IOVARange: Codable {}
#endif
