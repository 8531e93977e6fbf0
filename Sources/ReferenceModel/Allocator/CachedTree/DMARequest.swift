// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// What the kernel's DMA layer asks its allocator for.
package struct DMARequest: Hashable, Sendable {
    /// The PCI function it is for; nothing for a device that is not PCI.
    package let device: PCIAddress?
    /// A doorbell takes one page of the domain.
    package let size: PageCount
    /// The last address that the device may use.
    package let limit: IOVA

    package init(device: PCIAddress?, size: PageCount, limit: IOVA) {
        self.device = device
        self.size = size
        self.limit = limit
    }

    /// The last address that a device may use (`iommu_dma_alloc_iova`, 6.1 and 6.12).
    ///
    /// - Parameters:
    ///   - mask: the DMA mask. A PCI function begins with 32 bits, and vfio-pci leaves it so; a host
    ///     driver's larger one may stay behind after unbinding (recalled).
    ///   - bus: the limit that firmware states for the bus; nothing for none.
    ///   - aperture: the domain's, where its geometry is forced.
    /// - Returns: the least of them.
    package static func limit(mask: IOVA, bus: IOVA? = nil, aperture: IOVARange? = nil) -> IOVA {
        // As in the kernel, a limit of zero is none.
        let limits = [mask, bus].compactMap(\.self).filter { $0.rawValue != 0 }
        let limit = limits.min() ?? IOVA(rawValue: 0)
        return min(limit, aperture?.last ?? limit)
    }
}

/// When a PCI function is kept below 4 GiB although it may use more.
package enum LowAddressRule: Hashable, Sendable, Codable {
    /// Each request tries there first (6.1).
    case eachRequest
    /// Requests try there first until one of the function's fails (6.12, where the kernel then logs
    /// `Using N-bit DMA addresses`).
    case untilFirstFailure
    /// The kernel runs with `iommu.forcedac=1`.
    case never
}
