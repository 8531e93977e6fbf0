// SPDX-License-Identifier: GPL-3.0-or-later
import Vocabulary

extension Kernel {
    /// Registers a window for doorbells: `vfio_register_msi_range()` of series v14.
    func registerWindow(_ iommu: TypeOne, _ iova: IOVA, _ size: ByteCount) -> KernelErrno {
        let mask = smallestPage(iommu) - 1
        guard size > .zero, (iova.rawValue | size.rawValue) & mask == 0,
            let range = IOVARange(first: iova, size: size), !hasHardwareWindow
        else { return .invalid }
        if iommu.map(meeting: range) != nil || !iommu.windows.isEmpty { return .exists }
        iommu.windows.append(range)
        for member in iommu.members { giveWindow(range, to: member.domain) }
        return .none
    }
}
