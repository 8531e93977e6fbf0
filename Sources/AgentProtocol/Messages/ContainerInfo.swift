// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Asks what the IOMMU of a container can do: `VFIO_IOMMU_GET_INFO`.
package struct GetContainerInfo: AgentRequest {
    package typealias Answer = ContainerInfo
    package static let kind = RequestKind.containerInfo

    package var container: ContainerHandle

    package init(container: ContainerHandle) {
        self.container = container
    }

    package func write(to writer: inout WireWriter) {
        container.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        container = try ContainerHandle(from: &reader)
    }
}

/// What the IOMMU of a container can do.
package struct ContainerInfo: WireValue {
    /// `VFIO_IOMMU_INFO_*`.
    package var flags: UInt32
    /// A bit for each page size in bytes.
    package var pageSizes: UInt64
    /// Capability 1: where user mappings may lie; empty where the kernel does not say.
    package var ranges: [IOVARange]
    /// Capability 3: how many mappings are left.
    package var mappingsLeft: UInt32?
    /// The whole answer as the kernel wrote it: offsets in its capability chain count from here.
    package var raw: [UInt8]

    package init(
        flags: UInt32, pageSizes: UInt64, ranges: [IOVARange], mappingsLeft: UInt32?, raw: [UInt8]
    ) {
        self.flags = flags
        self.pageSizes = pageSizes
        self.ranges = ranges
        self.mappingsLeft = mappingsLeft
        self.raw = raw
    }

    package func write(to writer: inout WireWriter) {
        flags.write(to: &writer)
        pageSizes.write(to: &writer)
        ranges.write(to: &writer)
        mappingsLeft.write(to: &writer)
        raw.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        flags = try UInt32(from: &reader)
        pageSizes = try UInt64(from: &reader)
        ranges = try [IOVARange](from: &reader)
        mappingsLeft = try UInt32?(from: &reader)
        raw = try [UInt8](from: &reader)
    }
}
