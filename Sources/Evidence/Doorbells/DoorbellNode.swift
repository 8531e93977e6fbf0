// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// An MSI controller as firmware describes it.
package struct DoorbellNode: Sendable, Hashable, Codable {
    /// Which design the controller has.
    package enum Kind: Sendable, Hashable, Codable {
        /// A GICv2m frame; the SPIs are stated only where firmware overrides the frame's register.
        case frame(spis: ClosedRange<InterruptID>?)
        /// A frame of Amazon Graviton, which has no such register.
        case graviton(spis: ClosedRange<InterruptID>?)
        case its
        /// An ITS whose devices write to a window before it.
        case preITS(window: PhysicalRange)
        /// A GICv3 distributor with SPIs for messages; the base is an alias of it where there is
        /// one.
        case mbi(ranges: [ClosedRange<InterruptID>], isAlias: Bool)
    }

    package let kind: Kind
    /// Where the registers begin, as the CPU sees them.
    package let base: PhysicalAddress
    /// What maps of requester IDs call it: a phandle in a device tree, an identifier in ACPI.
    package let handle: UInt32?
    /// The node's path, or the table's name.
    package let name: String
    package let lines: [RawLine]

    package init(
        kind: Kind, base: PhysicalAddress, handle: UInt32?, name: String, lines: [RawLine]
    ) {
        self.kind = kind
        self.base = base
        self.handle = handle
        self.name = name
        self.lines = lines
    }
}
