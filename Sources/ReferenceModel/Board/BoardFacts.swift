// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// What the model must know of a board, each fact observed without asking the code that is judged.
package struct BoardFacts: Sendable, Hashable, Codable {
    package var kernel: KernelVersion
    /// The CPU's page size, which is the granule of doorbell maps.
    package var pageSize: Granule
    /// The IOVAs that the SMMU translates.
    package var aperture: IOVARange
    /// The MSI controllers, the SMMUs, and whom they serve.
    package var topology: MSITopology
    /// The IOMMU group of each device that a case uses, by its members.
    package var groups: [PCIAddress: IOMMUGroup]
    /// What else the board's SMMU and drivers are like.
    package var host: HostFacts

    package init(
        kernel: KernelVersion, pageSize: Granule, aperture: IOVARange, topology: MSITopology,
        groups: [PCIAddress: IOMMUGroup] = [:], host: HostFacts = HostFacts()
    ) {
        self.kernel = kernel
        self.pageSize = pageSize
        self.aperture = aperture
        self.topology = topology
        self.groups = groups
        self.host = host
    }

    /// Makes facts of a plain board: each device has its requester ID, and rings one doorbell.
    package init(
        kernel: KernelVersion, pageSize: Granule, aperture: IOVARange, doorbells: [Doorbell],
        routes: [PCIAddress: Doorbell] = [:], groups: [PCIAddress: IOMMUGroup] = [:]
    ) {
        let topology = MSITopology(
            controllers: MSIController.grouping(doorbells), routes: DeviceRoute.holding(routes))
        self.init(
            kernel: kernel, pageSize: pageSize, aperture: aperture, topology: topology,
            groups: groups)
    }

    /// The group of a device; where it is not known, the device alone.
    package func group(of device: PCIAddress) -> IOMMUGroup {
        groups[device] ?? IOMMUGroup(members: [device])
    }
}

/// The devices that an IOMMU cannot tell apart; groups are named by members, as numbers change.
package struct IOMMUGroup: Sendable, Hashable, Codable {
    package let members: Set<PCIAddress>

    package init(members: Set<PCIAddress>) { self.members = members }
}
