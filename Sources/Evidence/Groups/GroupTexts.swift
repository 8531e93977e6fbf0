// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Reads the members of an IOMMU group: one PCI address a line.
package enum GroupMembersText {
    /// Reads each member; an empty line is none.
    package static func parse(_ text: RawText) -> Parsed<PCIAddress> {
        Parsed.each(text) { (line) throws(Damage) -> PCIAddress? in
            if line.text.isEmpty { return nil }
            guard let member = PCIAddress(line.text) else {
                throw Damage(.unparsable, line, expected: "a PCI address")
            }
            return member
        }
    }
}

/// The default domain of a group, as its `type` file says (`drivers/iommu/iommu.c`, 6.1).
package enum DefaultDomain: String, Sendable, Hashable, Codable {
    case blocked
    case identity
    case unmanaged
    case dma = "DMA"
    case dmaFlushQueue = "DMA-FQ"
    case unknown

    /// Reads the file's one line.
    package static func parse(_ text: RawText) -> Parsed<DefaultDomain> {
        Parsed.each(text) { (line) throws(Damage) -> DefaultDomain? in
            if line.text.isEmpty { return nil }
            guard let type = DefaultDomain(rawValue: line.text) else {
                throw Damage(.unparsable, line, expected: "a domain type")
            }
            return type
        }
    }
}
