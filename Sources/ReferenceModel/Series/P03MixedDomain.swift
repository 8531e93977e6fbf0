// SPDX-License-Identifier: GPL-3.0-or-later

/// The type of an IOMMU domain, as 4.8 writes it: flags (`include/linux/iommu.h`).
package struct DomainType: OptionSet, Sendable, Hashable, Codable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// `__IOMMU_DOMAIN_PAGING`: somebody may map and unmap.
    package static let paging = DomainType(rawValue: 1 << 0)
    /// `__IOMMU_DOMAIN_DMA_API`: the DMA API is that somebody.
    package static let dmaAPI = DomainType(rawValue: 1 << 1)
    /// `__IOMMU_DOMAIN_PT`: nothing is translated.
    package static let passthrough = DomainType(rawValue: 1 << 2)
    /// `__IOMMU_DOMAIN_MIXED`; that it is this bit is inferred.
    package static let mixedFlag = DomainType(rawValue: 1 << 3)

    /// `IOMMU_DOMAIN_UNMANAGED`: what VFIO has without the series.
    package static let unmanaged: DomainType = [.paging]
    /// `IOMMU_DOMAIN_DMA`: what host drivers have.
    package static let dma: DomainType = [.paging, .dmaAPI]
    /// `IOMMU_DOMAIN_IDENTITY`.
    package static let identity: DomainType = [.passthrough]
    /// Patch 3, `IOMMU_DOMAIN_MIXED`: slots of a user and slots of the allocator in one page table.
    ///
    /// It equals neither of the others, so that each comparison with them elsewhere says no.
    package static let mixed: DomainType = [.paging, .mixedFlag]
}

extension DomainType: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unmanaged: "UNMANAGED"
        case .dma: "DMA"
        case .identity: "IDENTITY"
        case .mixed: "MIXED"
        default: "type \(rawValue)"
        }
    }
}
