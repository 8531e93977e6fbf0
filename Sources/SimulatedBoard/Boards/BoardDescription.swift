// SPDX-License-Identifier: GPL-3.0-or-later
package import Vocabulary

/// What a simulated board is made of.
package struct BoardDescription: Sendable, Hashable {
    package let name: BoardName
    /// One line for a person.
    package let summary: String
    /// The CPU's page size.
    package var page: Granule = .fourKiB
    package var smmus: [SMMUDescription]
    package var controllers: [ControllerDescription]
    package var functions: [FunctionDescription]
    /// MSIs beside the IOMMU: a window that the hardware takes out of translation.
    package var hardwareWindow: IOVARange?
    /// Whether the IOMMU's driver lists the software window although the hardware has one: Arm's
    /// do (`arm_smmu_get_resv_regions`, 6.1), others do not.
    package var listsBothWindows = false
    /// Host bridge windows, which DMA domains avoid and VFIO does not.
    package var bridgeWindows: [IOVARange] = []
    /// Where memory begins.
    package var memoryBase = PhysicalAddress(rawValue: 0x8000_0000)
    /// What else has registers, for `/proc/iomem`.
    package var neighbours: [Neighbour] = []

    /// A device whose registers lie somewhere.
    package struct Neighbour: Sendable, Hashable {
        package let first: PhysicalAddress
        package let size: ByteCount
        package let owner: String
    }
}

/// One IOMMU.
package struct SMMUDescription: Sendable, Hashable {
    /// What its driver and its registers are.
    package enum Architecture: Sendable, Hashable {
        /// `arm-smmu`: SMMUv1 and SMMUv2.
        case two
        /// `arm-smmu-v3`.
        case three
    }

    package var base: PhysicalAddress
    package var architecture = Architecture.three
    /// 1 or 2; a stage 2 can forbid reads of a page.
    package var stage = 1
    /// How many bits of an IOVA it translates.
    package var inputBits: UInt64 = 48
    /// The page sizes that its tables can have, one bit for each.
    package var pageSizes: UInt64 = 0x6221_5000
}

/// One MSI controller.
package struct ControllerDescription: Sendable, Hashable {
    /// Its design, with what the design leaves open.
    package enum Kind: Sendable, Hashable {
        /// A GICv2m frame of 4 KiB with its SPIs.
        case frame(spis: ClosedRange<UInt32>)
        /// A GICv3 ITS of 128 KiB.
        case its
        /// An ITS behind Socionext's pre-ITS, whose window begins there.
        case preITS(window: PhysicalAddress)
        /// SPIs of a GICv3's distributor, rung at an alias of its registers.
        case mbi(spis: ClosedRange<UInt32>)
    }

    package var kind: Kind
    package var base: PhysicalAddress
}

/// One PCI function.
package struct FunctionDescription: Sendable, Hashable {
    package var address: PCIAddress
    /// The IOMMU and the controller that serve it, as places in the board's lists.
    package var smmu = 0
    package var controller = 0
    /// Functions with one number share an IOMMU group.
    package var group: Int
    /// The requester ID that its messages carry; a bridge's where that stands for it.
    package var requester: UInt16
    /// How many vectors its MSI capability has; 0 where there is none.
    package var msiVectors: UInt32 = 1
    /// Whether its MSI capability has an address of 64 bits.
    package var hasWideMSI = true
    /// Whether its MSI capability has mask bits.
    package var canMaskMSI = false
    /// How many entries its MSI-X table has; 0 where there is none.
    package var msixVectors: UInt32 = 0
    /// The DMA mask that its host driver has set.
    package var maskBits: UInt64 = 32
    /// What its host driver arms.
    package var hostKind = InterruptKind.msi
    package var hostVectors: UInt32 = 1
    /// Regions that firmware wants mapped, and those that may be given up.
    package var direct: [IOVARange] = []
    package var relaxable: [IOVARange] = []
}
