// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// What the model must know of a board beyond its MSI controllers.
package struct HostFacts: Sendable, Hashable, Codable {
    /// Whom the agent asks for assignment.
    package var interface: UserInterface
    /// The page sizes of the SMMU, a bit for each; nothing where they are not known.
    package var pageSizes: UInt64?
    /// Which stage of the SMMU translates for VFIO; nothing where it is not known.
    package var stage: TranslationStage?
    /// The highest address that each device may use, as its last driver left it
    /// (`dma_mask_bits` in sysfs).
    package var masks: [PCIAddress: IOVA]
    /// Where the hardware lets messages pass: x86, HiSilicon's ITS.
    package var hardwareWindows: [IOVARange]
    /// Whether the IOMMU's driver adds the software window to each group's regions.
    package var addsSoftwareWindow: Bool
    /// Whether the IOMMU itself remaps interrupts (`IOMMU_CAP_INTR_REMAP`).
    package var remapsInterrupts: Bool
    /// What firmware keeps mapped for a device one to one, and whether that may be given up.
    package var directRegions: [PCIAddress: [DirectRegion]]
    /// What host drivers' domains are by default; nothing where it is not known.
    package var defaultDomain: DefaultDomainKind?
    /// Whether a device's DMA tells an ITS which device writes.
    ///
    /// That of QEMU's devices does not: only their messages carry the requester ID (`pci_dma_rw` has
    /// `MEMTXATTRS_UNSPECIFIED`, include/hw/pci/pci.h, 7.2; seen).
    package var isRequesterTold = true

    package init(
        interface: UserInterface = .typeOne, pageSizes: UInt64? = nil,
        stage: TranslationStage? = nil, masks: [PCIAddress: IOVA] = [:],
        hardwareWindows: [IOVARange] = [], addsSoftwareWindow: Bool = true,
        remapsInterrupts: Bool = false, directRegions: [PCIAddress: [DirectRegion]] = [:],
        defaultDomain: DefaultDomainKind? = nil
    ) {
        self.interface = interface
        self.pageSizes = pageSizes
        self.stage = stage
        self.masks = masks
        self.hardwareWindows = hardwareWindows
        self.addsSoftwareWindow = addsSoftwareWindow
        self.remapsInterrupts = remapsInterrupts
        self.directRegions = directRegions
        self.defaultDomain = defaultDomain
    }
}

/// A region that firmware keeps for a device.
package struct DirectRegion: Sendable, Hashable, Codable {
    package let range: IOVARange
    /// `direct-relaxable`: VFIO may map over it.
    package let isRelaxable: Bool

    package init(range: IOVARange, isRelaxable: Bool) {
        self.range = range
        self.isRelaxable = isRelaxable
    }
}

/// The type of a group's default domain.
package enum DefaultDomainKind: String, Sendable, Hashable, Codable {
    case translated = "DMA"
    case identity
}
