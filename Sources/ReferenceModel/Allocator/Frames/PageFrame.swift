// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// A page of IOVA space by its number, which the kernel calls a pfn.
///
/// The number only means an address together with the granule of the domain, which is not always
/// the CPU's page size (`iova_pfn`, `include/linux/iova.h`, 6.1).
package struct PageFrame: RawRepresentable, Hashable, Comparable, Sendable, Codable {
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }

    /// The page that holds the address.
    package init(of address: IOVA, granule: Granule) {
        rawValue = address.rawValue >> granule.shift
    }

    package static func < (left: PageFrame, right: PageFrame) -> Bool {
        left.rawValue < right.rawValue
    }

    /// Where the page begins.
    ///
    /// Bits that 64 do not hold are lost, as they are in `iova_dma_addr`
    /// (`include/linux/iova.h`, 6.1).
    package func address(granule: Granule) -> IOVA {
        IOVA(rawValue: rawValue << granule.shift)
    }
}

extension PageFrame: CustomStringConvertible {
    /// `pfn 0xfffff`, as the kernel's own messages write page numbers.
    package var description: String { "pfn \(Hexadecimal.prefixed(rawValue))" }
}

extension Granule {
    /// How many bits of an address lie within the page (`iova_shift`).
    var shift: UInt64 { UInt64(bytes.rawValue.trailingZeroBitCount) }
}
