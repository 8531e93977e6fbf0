// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// How an ITS knows a device: the requester ID, mapped by `msi-map` or IORT.
///
/// Devices behind a bridge that replaces their requester ID have one DevID together
/// (`pci_msi_domain_get_msi_rid`, 6.1, 6.12).
package struct DeviceID: RawRepresentable, Hashable, Comparable, Sendable, Codable,
    CustomStringConvertible
{
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The DevID of a function that nothing maps.
    package init(of device: PCIAddress) { rawValue = UInt32(device.requesterID) }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    package var description: String { "DevID " + Hexadecimal.prefixed(UInt64(rawValue)) }
}
