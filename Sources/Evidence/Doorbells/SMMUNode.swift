// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// An SMMU as firmware describes it.
package struct SMMUNode: Sendable, Hashable, Codable {
    /// Which driver it has.
    package enum Architecture: Sendable, Hashable, Codable {
        /// SMMUv1, SMMUv2 and what is built like them: `arm-smmu`.
        case version1Or2
        /// `arm-smmu-v3`.
        case version3
    }

    package let architecture: Architecture
    /// Where the registers begin, as the CPU sees them.
    package let base: PhysicalAddress
    /// The phandle that maps of requester IDs call it; nothing in ACPI.
    package let handle: UInt32?
    /// The node's path, or the table's name.
    package let name: String
    package let lines: [RawLine]

    package init(
        architecture: Architecture, base: PhysicalAddress, handle: UInt32?, name: String,
        lines: [RawLine]
    ) {
        self.architecture = architecture
        self.base = base
        self.handle = handle
        self.name = name
        self.lines = lines
    }
}
