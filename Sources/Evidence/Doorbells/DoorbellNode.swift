// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// An MSI controller as firmware describes it.
package struct DoorbellNode: Sendable, Hashable, Codable {
    /// Which design the controller has.
    package enum Kind: Sendable, Hashable, Codable {
        /// A GICv2m frame; the SPIs are stated only where firmware overrides the frame's register.
        case frame(spis: ClosedRange<InterruptID>?)
        case its
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

/// Which MSI controller the functions below a host bridge ring.
package struct MSIRoute: Sendable, Hashable, Codable {
    /// The PCI segment; nothing where the bridge does not say.
    package let domain: UInt32?
    /// The requester IDs that this route holds for.
    package let requesters: ClosedRange<UInt32>
    package let handle: UInt32
    package let line: RawLine

    package init(
        domain: UInt32?, requesters: ClosedRange<UInt32>, handle: UInt32, line: RawLine
    ) {
        self.domain = domain
        self.requesters = requesters
        self.handle = handle
        self.line = line
    }

    /// Says whether a function's requester ID lies in this route.
    package func serves(_ device: PCIAddress) -> Bool {
        requesters.contains(UInt32(device.requesterID))
            && domain.map { $0 == device.domain } ?? true
    }
}
