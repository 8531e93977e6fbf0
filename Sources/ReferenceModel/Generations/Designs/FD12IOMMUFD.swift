// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension KernelDesign {
    /// FD12, iommufd of 6.2 to 6.14: the cookie of a domain, set when its first group attaches
    /// (`iommufd_group_setup_msi`, 6.12).
    ///
    /// A domain that replaces another under live interrupts has no doorbell in it, as the source
    /// itself admits.
    static func iommufd(
        on kernel: KernelVersion, _ parameters: ModelParameters
    ) -> KernelDesign {
        KernelDesign(
            interface: .iommufd, doorbells: .cookie, keepsRegionsFree: true, tellsRanges: true,
            safety: .sinceRegions(on: kernel, parameters), unplaceable: .refused(.noSpace))
    }
}
