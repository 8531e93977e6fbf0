// SPDX-License-Identifier: GPL-3.0-or-later

extension KernelDesign {
    /// HW: the hardware reserves where messages go, as x86 and HiSilicon's ITS bypass do.
    ///
    /// A region of the real type MSI wins over the software window (`vfio_iommu_has_sw_msi`, 6.1),
    /// so that no domain has a cookie and messages keep the physical address.
    static func hardwareWindow(
        on board: BoardFacts, _ parameters: ModelParameters
    ) -> KernelDesign {
        var design = KernelDesign.fixedWindowWithRanges(on: board.kernel, parameters)
        design.doorbells = .bypass
        if board.host.interface == .iommufd {
            design.interface = .iommufd
            design.probe = .none
        }
        return design
    }
}
