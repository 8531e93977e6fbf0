// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Reads the MSI-X table and pending bits by mapping the BAR: what the device really holds.
package struct ReadMSIXTable: AgentRequest {
    package typealias Answer = MSIXTable
    package static let kind = RequestKind.readMSIXTable

    package var device: DeviceHandle

    package init(device: DeviceHandle) {
        self.device = device
    }

    package func write(to writer: inout WireWriter) {
        device.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        device = try DeviceHandle(from: &reader)
    }
}

/// Reads the MSI-X table of a device that its host driver has, through sysfs.
///
/// The kernel refuses the mapping of a BAR that a driver holds (EINVAL, `pci_mmap_resource`, 6.1),
/// unless it was booted with `iomem=relaxed`.
package struct ReadHostMSIXTable: AgentRequest {
    package typealias Answer = MSIXTable
    package static let kind = RequestKind.readHostMSIXTable

    package var address: PCIAddress

    package init(address: PCIAddress) {
        self.address = address
    }

    package func write(to writer: inout WireWriter) {
        address.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        address = try PCIAddress(from: &reader)
    }
}

/// An MSI-X table as it stands in the device.
package struct MSIXTable: WireValue {
    /// The twelve bytes of the capability in configuration space.
    package var capability: [UInt8]
    package var entries: [MSIXEntry]
    /// The table's bytes, sixteen for each entry.
    package var raw: [UInt8]
    /// The pending bit array, eight bytes for each 64 entries.
    package var pending: [UInt8]

    package init(capability: [UInt8], entries: [MSIXEntry], raw: [UInt8], pending: [UInt8]) {
        self.capability = capability
        self.entries = entries
        self.raw = raw
        self.pending = pending
    }

    package func write(to writer: inout WireWriter) {
        capability.write(to: &writer)
        entries.write(to: &writer)
        raw.write(to: &writer)
        pending.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        capability = try [UInt8](from: &reader)
        entries = try [MSIXEntry](from: &reader)
        raw = try [UInt8](from: &reader)
        pending = try [UInt8](from: &reader)
    }
}

/// One vector's entry (PCI 3.0, 6.8.2).
package struct MSIXEntry: WireValue {
    package var message: MSIMessage
    /// Bit 0: masked.
    package var control: UInt32

    package init(message: MSIMessage, control: UInt32) {
        self.message = message
        self.control = control
    }

    package func write(to writer: inout WireWriter) {
        message.write(to: &writer)
        control.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        message = try MSIMessage(from: &reader)
        control = try UInt32(from: &reader)
    }
}

extension MSIXEntry {
    package var isMasked: Bool { control & 1 != 0 }
}
