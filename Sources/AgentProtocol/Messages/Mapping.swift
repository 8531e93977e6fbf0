// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// What a device may do with a mapping: `VFIO_DMA_MAP_FLAG_*`, bit 0 read, bit 1 write.
package struct MappingAccess: OptionSet, WireValue {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }
    /// The device may read.
    package static let read = MappingAccess(rawValue: 1)
    /// The device may write.
    package static let write = MappingAccess(rawValue: 2)
}

/// What the memory behind a mapping holds before it is mapped.
package enum FillPattern: UInt8, WireValue, CaseIterable {
    case zeros = 0
    case ones = 1
    /// Each eight bytes hold their own IOVA.
    case addresses = 2
}

/// Maps fresh memory at an IOVA: `VFIO_IOMMU_MAP_DMA`.
///
/// The agent keeps the memory until the mapping is gone. The kernel judges address and size, also
/// odd ones; memory is allocated in whole pages, at least one.
package struct MapMemory: AgentRequest {
    package typealias Answer = Done
    package static let kind = RequestKind.map

    package var container: ContainerHandle
    package var iova: IOVA
    package var size: ByteCount
    package var access: MappingAccess
    package var fill: FillPattern

    package init(
        container: ContainerHandle, iova: IOVA, size: ByteCount,
        access: MappingAccess = [.read, .write], fill: FillPattern = .zeros
    ) {
        self.container = container
        self.iova = iova
        self.size = size
        self.access = access
        self.fill = fill
    }

    package func write(to writer: inout WireWriter) {
        container.write(to: &writer)
        iova.write(to: &writer)
        size.write(to: &writer)
        access.write(to: &writer)
        fill.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        container = try ContainerHandle(from: &reader)
        iova = try IOVA(from: &reader)
        size = try ByteCount(from: &reader)
        access = try MappingAccess(from: &reader)
        fill = try FillPattern(from: &reader)
    }
}
