// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// One region of a device: `VFIO_DEVICE_GET_REGION_INFO`.
package struct RegionInfo: WireValue {
    /// 0 to 5 BARs, 6 ROM, 7 configuration space.
    package var index: UInt32
    /// `VFIO_REGION_INFO_FLAG_*`: 1 read, 2 write, 4 mmap, 8 capabilities.
    package var flags: UInt32
    /// 0 where the device has no such region.
    package var size: ByteCount
    /// Where the region lies in the device's file.
    package var offset: UInt64
    /// The whole answer as the kernel wrote it: offsets in its capability chain count from here.
    package var raw: [UInt8]

    package init(index: UInt32, flags: UInt32, size: ByteCount, offset: UInt64, raw: [UInt8]) {
        self.index = index
        self.flags = flags
        self.size = size
        self.offset = offset
        self.raw = raw
    }

    package func write(to writer: inout WireWriter) {
        index.write(to: &writer)
        flags.write(to: &writer)
        size.write(to: &writer)
        offset.write(to: &writer)
        raw.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        index = try UInt32(from: &reader)
        flags = try UInt32(from: &reader)
        size = try ByteCount(from: &reader)
        offset = try UInt64(from: &reader)
        raw = try [UInt8](from: &reader)
    }
}

/// Reads a region through the device's file: not by mapping it.
///
/// Over the MSI-X table the kernel gives all ones (`vfio_pci_rdwr.c`, 6.12).
package struct ReadRegion: AgentRequest {
    package typealias Answer = BytesRead
    package static let kind = RequestKind.readRegion

    package var device: DeviceHandle
    package var region: UInt32
    /// From the start of the region.
    package var offset: UInt64
    package var size: UInt32

    package init(device: DeviceHandle, region: UInt32, offset: UInt64, size: UInt32) {
        self.device = device
        self.region = region
        self.offset = offset
        self.size = size
    }

    package func write(to writer: inout WireWriter) {
        device.write(to: &writer)
        region.write(to: &writer)
        offset.write(to: &writer)
        size.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        device = try DeviceHandle(from: &reader)
        region = try UInt32(from: &reader)
        offset = try UInt64(from: &reader)
        size = try UInt32(from: &reader)
    }
}

/// Reads configuration space as VFIO shows it: address and data of MSI are VFIO's own copy there.
package struct ReadConfig: AgentRequest {
    package typealias Answer = BytesRead
    package static let kind = RequestKind.readConfig

    package var device: DeviceHandle
    package var offset: UInt32
    package var size: UInt32

    package init(device: DeviceHandle, offset: UInt32, size: UInt32) {
        self.device = device
        self.offset = offset
        self.size = size
    }

    package func write(to writer: inout WireWriter) {
        device.write(to: &writer)
        offset.write(to: &writer)
        size.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        device = try DeviceHandle(from: &reader)
        offset = try UInt32(from: &reader)
        size = try UInt32(from: &reader)
    }
}

/// What a read gave; may be shorter than asked.
package struct BytesRead: WireValue {
    package var bytes: [UInt8]

    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    package func write(to writer: inout WireWriter) {
        bytes.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        bytes = try [UInt8](from: &reader)
    }
}
