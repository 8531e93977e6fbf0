// SPDX-License-Identifier: GPL-3.0-or-later

/// A run of physical addresses, both ends included, never empty: `/proc/iomem`'s own form.
package struct PhysicalRange: Hashable, Sendable {
    package let first: PhysicalAddress
    package let last: PhysicalAddress

    /// Makes a range, or nothing when it would be empty.
    package init?(first: PhysicalAddress, last: PhysicalAddress) {
        guard first <= last else { return nil }
        self.first = first
        self.last = last
    }

    /// Makes a range of a size, or nothing when it is empty or leaves 64 bits.
    package init?(first: PhysicalAddress, size: ByteCount) {
        guard size > .zero, let last = first.advanced(by: .bytes(size.rawValue - 1)) else {
            return nil
        }
        self.init(first: first, last: last)
    }

    /// Whether the address lies in the range.
    package func contains(_ address: PhysicalAddress) -> Bool {
        first <= address && address <= last
    }

    /// The addresses that lie in both; nothing when there are none.
    package func intersection(_ other: PhysicalRange) -> PhysicalRange? {
        PhysicalRange(first: max(first, other.first), last: min(last, other.last))
    }

    /// What is left of this range without the other, in ascending order.
    package func subtracting(_ other: PhysicalRange) -> [PhysicalRange] {
        guard intersection(other) != nil else { return [self] }
        let below = other.first.moved(backBy: .bytes(1)).flatMap {
            PhysicalRange(first: first, last: $0)
        }
        let above = other.last.advanced(by: .bytes(1)).flatMap {
            PhysicalRange(first: $0, last: last)
        }
        return [below, above].compactMap { $0 }
    }
}

extension PhysicalRange: CustomStringConvertible {
    package var description: String { "\(first)-\(last)" }
}

#if !hasFeature(Embedded)
extension PhysicalRange: Codable {}
#endif
