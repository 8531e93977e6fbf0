// SPDX-License-Identifier: GPL-3.0-or-later

/// A number that names a byte in one particular address space.
///
/// The spaces are types so that an IOVA is never compared with a physical address by mistake.
package protocol Address: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible
where RawValue == UInt64 {
    init(rawValue: UInt64)
}

extension Address {
    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    package var description: String { Hexadecimal.prefixed(rawValue, width: 8) }

    /// Adds a size; nothing when the sum leaves 64 bits.
    package func advanced(by size: ByteCount) -> Self? {
        let (sum, overflow) = rawValue.addingReportingOverflow(size.rawValue)
        return overflow ? nil : Self(rawValue: sum)
    }

    /// Subtracts a size; nothing when the result would be below zero.
    package func moved(backBy size: ByteCount) -> Self? {
        let (rest, overflow) = rawValue.subtractingReportingOverflow(size.rawValue)
        return overflow ? nil : Self(rawValue: rest)
    }

    /// The start of the page that holds this address.
    package func page(of granule: Granule) -> Self {
        Self(rawValue: rawValue & ~(granule.bytes.rawValue - 1))
    }

    /// How far into its page this address lies.
    package func offset(in granule: Granule) -> ByteCount {
        ByteCount(rawValue: rawValue & (granule.bytes.rawValue - 1))
    }
}

/// An address as a device behind an IOMMU uses it.
package struct IOVA: Address {
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }
}

/// An address on the board's own bus.
package struct PhysicalAddress: Address {
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }
}

/// What stands in a device's MSI address register.
///
/// Whether it is an IOVA or a physical address is what the tests are about, so it is neither.
package struct MessageAddress: Address {
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }
}
