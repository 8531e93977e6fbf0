// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// The ACPI table that says through which SMMU and to which ITS a device's writes go
/// (Arm DEN0049, revision E.b).
package struct IORT: Sendable, Hashable, Codable {
    /// Something that writes pass, or end at.
    package struct Node: Sendable, Hashable, Codable {
        package let kind: Kind
        /// Where the node begins in the table: what mappings call it.
        package let offset: Int
        package let mappings: [Mapping]
        package let line: RawLine

        package init(kind: Kind, offset: Int, mappings: [Mapping], line: RawLine) {
            self.kind = kind
            self.offset = offset
            self.mappings = mappings
            self.line = line
        }
    }

    /// What a node is.
    package enum Kind: Sendable, Hashable, Codable {
        /// Several services, by the identifiers that the MADT gives them.
        case services([UInt32])
        case rootComplex(segment: UInt32)
        case smmu(base: PhysicalAddress)
        /// The mapping of that index, if any, is for the SMMU's own messages.
        case smmuV3(base: PhysicalAddress, ownMapping: UInt32?)
        /// A named component, a performance counter, memory to be left alone, or what came later.
        case other(UInt8)
    }

    /// How the IDs that enter a node leave it.
    package struct Mapping: Sendable, Hashable, Codable {
        package let first: UInt32
        /// How many IDs there are, less one.
        package let more: UInt32
        package let output: UInt32
        /// The offset of the node that they go to.
        package let target: Int
        /// Whether one output stands for every input.
        package let isSingle: Bool

        package init(first: UInt32, more: UInt32, output: UInt32, target: Int, isSingle: Bool) {
            self.first = first
            self.more = more
            self.output = output
            self.target = target
            self.isSingle = isSingle
        }
    }

    package let nodes: [Node]

    package init(nodes: [Node]) { self.nodes = nodes }
}
