// SPDX-License-Identifier: GPL-3.0-or-later

/// Which IOMMU back end a container uses (`include/uapi/linux/vfio.h`, 6.1).
package enum IOMMUBackEnd: UInt32, WireValue {
    case type1 = 1
    case type1v2 = 3
}

/// Gives a container its IOMMU back end: here the kernel checks interrupt isolation.
///
/// Needs a group in the container. EPERM means unsafe interrupts (`vfio_iommu_type1.c`, 6.1).
package struct SetIOMMU: AgentRequest {
    package typealias Answer = Done
    package static let kind = RequestKind.setIOMMU

    package var container: ContainerHandle
    package var backEnd: IOMMUBackEnd

    package init(container: ContainerHandle, backEnd: IOMMUBackEnd = .type1v2) {
        self.container = container
        self.backEnd = backEnd
    }

    package func write(to writer: inout WireWriter) {
        container.write(to: &writer)
        backEnd.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        container = try ContainerHandle(from: &reader)
        backEnd = try IOMMUBackEnd(from: &reader)
    }
}
