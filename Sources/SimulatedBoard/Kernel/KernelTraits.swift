// SPDX-License-Identifier: GPL-3.0-or-later

/// What the simulated kernel does where versions differ.
struct KernelTraits: Sendable {
    let generation: SimulatedGeneration
    let release: SimulatedRelease

    /// Asked through `/dev/iommu` instead of a VFIO container.
    var usesIOMMUFD: Bool { generation == .iommufd || generation == .iommufdTable }

    /// `reserved_regions` came with 4.11.
    var listsReservedRegions: Bool { release >= SimulatedRelease(4, 11) }

    /// `type` of a group came with 4.19 or thereabouts (recalled).
    var listsGroupType: Bool { release >= SimulatedRelease(4, 19) }

    /// `VFIO_IOMMU_TYPE1_INFO_CAP_IOVA_RANGE` and the check against it came with 5.4.
    var hasRangeList: Bool { release >= SimulatedRelease(5, 4) }

    /// Up to 5.1 the doorbell is mapped when the message is composed, and a failure cannot be
    /// returned: the message becomes all ones (ece6e6f0218b split it in two for 5.2).
    var mapsWhileComposing: Bool { release < SimulatedRelease(5, 2) }

    /// Since 5.19 a group with a user belongs to it before it has a domain: devices are blocked in
    /// between (`iommu_group_claim_dma_owner`), which is traced as one more attach.
    var claimsOwnership: Bool { release >= SimulatedRelease(5, 19) }

    /// Interrupt domains made for each device carry its name (6.12 on GICv2m and the ITS).
    var namesChipByDevice: Bool { release >= SimulatedRelease(6, 11) }

    /// Isolation is asked of each device's own MSI controller, not of all in the system (6.3).
    var asksIsolationByGroup: Bool { release >= SimulatedRelease(6, 3) }

    /// Trace text says where a range ends.
    var printsRangeEnd: Bool { release >= SimulatedRelease(5, 0) }

    /// The column of the migration counter in a trace line's flags came with 5.16.
    var traceFlags: String { release >= SimulatedRelease(5, 16) ? "....." : "...." }
}
