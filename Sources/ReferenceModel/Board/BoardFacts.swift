// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// What the model must know of a board, each fact observed without asking the code that is judged.
package struct BoardFacts: Sendable, Hashable, Codable {
    package var kernel: KernelVersion
    /// The CPU's page size, which is the granule of doorbell maps.
    package var pageSize: Granule
    /// The IOVAs that the SMMU translates.
    package var aperture: IOVARange
    package var doorbells: [Doorbell]
    /// Which of the doorbells serves a device, where firmware tells.
    package var routes: [PCIAddress: Doorbell]
    /// The IOMMU group of each device that a case uses, by its members.
    package var groups: [PCIAddress: IOMMUGroup]

    package init(
        kernel: KernelVersion, pageSize: Granule, aperture: IOVARange, doorbells: [Doorbell],
        routes: [PCIAddress: Doorbell] = [:], groups: [PCIAddress: IOMMUGroup] = [:]
    ) {
        self.kernel = kernel
        self.pageSize = pageSize
        self.aperture = aperture
        self.doorbells = doorbells
        self.routes = routes
        self.groups = groups
    }

    /// The doorbell that a device rings; a board's only one where no route is stated.
    package func doorbell(of device: PCIAddress) -> Doorbell? {
        routes[device] ?? (doorbells.count == 1 ? doorbells.first : nil)
    }

    /// The group of a device; where it is not known, the device alone.
    package func group(of device: PCIAddress) -> IOMMUGroup {
        groups[device] ?? IOMMUGroup(members: [device])
    }

    /// The pages that the doorbells' registers lie in.
    package var doorbellPages: Set<PhysicalAddress> {
        Set(doorbells.compactMap { $0.register?.page(of: pageSize) })
    }
}

/// The devices that an IOMMU cannot tell apart; groups are named by members, as numbers change.
package struct IOMMUGroup: Sendable, Hashable, Codable {
    package let members: Set<PCIAddress>

    package init(members: Set<PCIAddress>) { self.members = members }
}
