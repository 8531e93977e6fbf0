// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// What a kernel does, as far as the generations of MSI mapping differ in it.
///
/// One value for each generation is made in a file named after it; the rest of the model asks the
/// design and never the generation.
struct KernelDesign: Sendable, Hashable {
    /// Whom user space asks.
    var interface: UserInterface
    /// How doorbells get their IOVAs in domains of VFIO.
    var doorbells: Doorbells
    /// Whether user maps are kept out of reserved regions (5.4, iommufd).
    var keepsRegionsFree = false
    /// Whether the ranges left are told (`VFIO_IOMMU_TYPE1_INFO_CAP_IOVA_RANGE`,
    /// `IOMMU_IOAS_IOVA_RANGES`).
    var tellsRanges = false
    /// Whether there is a `reserved_regions` file (4.11).
    var listsRegions = true
    var safety: Safety
    /// What becomes of a message whose doorbell cannot be mapped.
    var unplaceable: Unplaceable
    /// Whether doorbell pages may be read by a device (`IOMMU_READ`).
    var doorbellsAreReadable = false
    /// What VFIO maps in a new domain to learn of large pages.
    var probe: Probe = .none
    /// The tree that stands on the way through the RFC.
    var series: SeriesPoint = .base

    /// How doorbells get their IOVAs.
    enum Doorbells: Sendable, Hashable {
        /// No cookie: a message keeps the physical address, and a domain of VFIO does not map it.
        case unmapped
        /// The hardware lets messages pass untranslated.
        case bypass
        /// A cookie for each domain that counts up from the window's base.
        case cookie
        /// A table for each file descriptor, the same in all of its domains.
        case table
        /// What user space left free.
        case mixed
        /// A window that user space gives.
        case given
    }

    /// What stands between a group and its attaching without `allow_unsafe_interrupts`.
    enum Safety: Sendable, Hashable {
        /// `IOMMU_CAP_INTR_REMAP` of the bus.
        case busCapability(Bool)
        /// Every MSI irq domain of the system remaps.
        case everyController
        /// Every one does, or the IOMMU itself remaps interrupts.
        case everyControllerOrIOMMU
        /// Those that serve the group's devices are isolated.
        case ofGroup
    }

    /// What becomes of a message that cannot be mapped.
    enum Unplaceable: Sendable, Hashable {
        /// Composing returns nothing: the message is all ones, with a WARN (before 5.2).
        case allOnes
        /// Allocating the vectors fails (`iommu_dma_prepare_msi`); that user space sees `ENOSPC` was
        /// observed on 6.1.
        case refused(KernelErrno)
    }

    /// Where `vfio_test_domain_fgsp` maps two pages.
    enum Probe: Sendable, Hashable {
        case none
        /// At IOVA 0, whatever is reserved.
        case atZero
        /// At the start of the first range that has room (6.2, and stable trees).
        case atFirstRange
    }
}

/// Whom user space asks for assignment.
package enum UserInterface: String, Sendable, Hashable, Codable {
    /// `/dev/vfio/vfio` with `VFIO_TYPE1v2_IOMMU`.
    case typeOne = "type1"
    /// `/dev/iommu`.
    case iommufd
    /// Nobody: a host driver has the device.
    case hostDriver = "host driver"
}
