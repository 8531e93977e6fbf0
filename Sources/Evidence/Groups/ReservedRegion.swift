// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// A line of `reserved_regions`: IOVAs that a group's drivers keep for themselves.
package struct ReservedRegion: Sendable, Hashable, Codable {
    /// `iommu_group_resv_type_string` in `drivers/iommu/iommu.c`, 6.1; software and hardware MSI
    /// windows both print `msi`.
    package enum Kind: String, Sendable, Hashable, Codable {
        case direct
        case directRelaxable = "direct-relaxable"
        case reserved
        case msi
    }

    package let range: IOVARange
    package let kind: Kind
    package let line: RawLine

    package init(range: IOVARange, kind: Kind, line: RawLine) {
        self.range = range
        self.kind = kind
        self.line = line
    }
}

/// Reads `/sys/kernel/iommu_groups/N/reserved_regions`.
package enum ReservedRegionsText {
    /// Reads each region, in the file's order.
    package static func parse(_ text: RawText) -> Parsed<ReservedRegion> {
        Parsed.each(text, region)
    }

    private static func region(_ line: RawLine) throws(Damage) -> ReservedRegion? {
        let words = line.text.split(separator: " ")
        if words.isEmpty { return nil }
        guard words.count == 3, let kind = ReservedRegion.Kind(rawValue: String(words[2])) else {
            throw Damage(.unparsable, line, expected: "0xFIRST 0xLAST TYPE")
        }
        guard let first = Hexadecimal.value(words[0]), let last = Hexadecimal.value(words[1]),
            let range = IOVARange(first: IOVA(rawValue: first), last: IOVA(rawValue: last))
        else { throw Damage(.outOfRange, line, expected: "a range of IOVAs, both ends included") }
        return ReservedRegion(range: range, kind: kind, line: line)
    }
}
