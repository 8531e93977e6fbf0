// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Unmaps what lies whole inside a range: `VFIO_IOMMU_UNMAP_DMA`.
package struct UnmapMemory: AgentRequest {
    package typealias Answer = Unmapped
    package static let kind = RequestKind.unmap

    package var container: ContainerHandle
    package var iova: IOVA
    package var size: ByteCount

    package init(container: ContainerHandle, iova: IOVA, size: ByteCount) {
        self.container = container
        self.iova = iova
        self.size = size
    }

    package func write(to writer: inout WireWriter) {
        container.write(to: &writer)
        iova.write(to: &writer)
        size.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        container = try ContainerHandle(from: &reader)
        iova = try IOVA(from: &reader)
        size = try ByteCount(from: &reader)
    }
}

/// Unmaps everything in a container: `VFIO_DMA_UNMAP_FLAG_ALL`, 5.12 and later.
package struct UnmapEverything: AgentRequest {
    package typealias Answer = Unmapped
    package static let kind = RequestKind.unmapAll

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

/// What an unmapping did.
package struct Unmapped: WireValue {
    /// How many bytes the kernel says it unmapped; 0 is not an error.
    package var size: ByteCount

    package init(size: ByteCount) {
        self.size = size
    }

    package func write(to writer: inout WireWriter) {
        size.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        size = try ByteCount(from: &reader)
    }
}
