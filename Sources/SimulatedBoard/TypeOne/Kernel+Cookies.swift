// SPDX-License-Identifier: GPL-3.0-or-later
import Vocabulary

extension Kernel {
    /// Gives a user's domain what places doorbells in it.
    ///
    /// The RFC does so before the user's maps are replayed, since each of them must be reserved
    /// (inferred); later kernels as the last act of an attach.
    func giveCookie(
        to domain: Domain, for group: IOMMUGroup, early: Bool, _ iommu: TypeOne
    ) {
        let isMixed = traits.generation == .mixed
        guard early == isMixed else { return }
        switch traits.generation {
        case .mixed:
            let whole = ConstantRange.range(0, domain.table.last.rawValue)
            domain.cookie = MSICookie(
                .topDown(ReservedSpace(granule: domain.table.granule, range: whole)),
                granule: domain.table.granule)
        case .userWindow:
            if let window = iommu.windows.first { giveWindow(window, to: domain) }
        case .fixedWindow, .fixedWindowWithRanges, .hostDomain, .identity:
            if !hasHardwareWindow { giveLinearCookie(to: domain) }
        case .hardwareWindow, .iommufd, .iommufdTable: break
        }
    }

    /// `iommu_get_msi_cookie()`: pages of the CPU's size, upwards from the window's base.
    func giveLinearCookie(to domain: Domain) {
        domain.cookie = MSICookie(
            .linear(next: Self.softwareWindow.first), granule: board.page)
    }

    /// The window that the user registered, of which the highest free page is taken.
    func giveWindow(_ window: IOVARange, to domain: Domain) {
        domain.cookie = MSICookie(
            .topDown(ReservedSpace(granule: domain.table.granule, range: window)),
            granule: domain.table.granule)
    }
}
