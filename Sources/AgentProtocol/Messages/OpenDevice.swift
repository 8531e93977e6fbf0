// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Takes a device out of its group and reads what VFIO says of it.
package struct OpenDevice: AgentRequest {
    package typealias Answer = OpenedDevice
    package static let kind = RequestKind.openDevice

    package var group: GroupHandle
    package var address: PCIAddress

    package init(group: GroupHandle, address: PCIAddress) {
        self.group = group
        self.address = address
    }

    package func write(to writer: inout WireWriter) {
        group.write(to: &writer)
        address.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        group = try GroupHandle(from: &reader)
        address = try PCIAddress(from: &reader)
    }
}

/// A device that is open, with every region and interrupt that it has.
package struct OpenedDevice: WireValue {
    package var device: DeviceHandle
    /// `VFIO_DEVICE_FLAGS_*`: bit 0 can be reset, bit 1 is PCI.
    package var flags: UInt32
    /// Regions that the kernel does not have are left out; their call records tell.
    package var regions: [RegionInfo]
    /// Likewise.
    package var interrupts: [InterruptInfo]

    package init(
        device: DeviceHandle, flags: UInt32, regions: [RegionInfo], interrupts: [InterruptInfo]
    ) {
        self.device = device
        self.flags = flags
        self.regions = regions
        self.interrupts = interrupts
    }

    package func write(to writer: inout WireWriter) {
        device.write(to: &writer)
        flags.write(to: &writer)
        regions.write(to: &writer)
        interrupts.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        device = try DeviceHandle(from: &reader)
        flags = try UInt32(from: &reader)
        regions = try [RegionInfo](from: &reader)
        interrupts = try [InterruptInfo](from: &reader)
    }
}
