// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Which MSI controller, or which SMMU, the functions below a host bridge go to.
package struct RequesterRoute: Sendable, Hashable, Codable {
    /// The host bridge's node.
    package let bridge: String
    /// The PCI segment; nothing where the bridge does not say.
    package let domain: UInt32?
    /// What is left of a requester ID before it is looked up.
    package let mask: UInt32
    /// The masked requester IDs that this route holds for.
    package let requesters: ClosedRange<UInt32>
    /// The phandle of what they go to.
    package let handle: UInt32
    /// What the first of them is there; nothing where requester IDs stay as they are.
    package let output: UInt32?
    package let line: RawLine

    package init(
        bridge: String, domain: UInt32?, mask: UInt32 = .max, requesters: ClosedRange<UInt32>,
        handle: UInt32, output: UInt32?, line: RawLine
    ) {
        self.bridge = bridge
        self.domain = domain
        self.mask = mask
        self.requesters = requesters
        self.handle = handle
        self.output = output
        self.line = line
    }

    /// Says whether a function's requester ID lies in this route.
    package func serves(_ device: PCIAddress) -> Bool {
        requesters.contains(UInt32(device.requesterID) & mask)
            && domain.map { $0 == device.domain } ?? true
    }

    /// The ID that a function has there (`of_map_id`, `drivers/of/base.c`, 6.12).
    package func output(of device: PCIAddress) -> UInt32 {
        guard let output else { return UInt32(device.requesterID) }
        return (UInt32(device.requesterID) & mask) &- requesters.lowerBound &+ output
    }
}
