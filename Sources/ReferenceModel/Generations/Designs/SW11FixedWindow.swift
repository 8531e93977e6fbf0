// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension KernelDesign {
    /// SW11, mainline 4.11 to 5.3: a fixed window that user maps are not kept out of.
    static func fixedWindow(
        on kernel: KernelVersion, _ parameters: ModelParameters
    ) -> KernelDesign {
        KernelDesign(
            interface: .typeOne, doorbells: .cookie,
            safety: .sinceRegions(on: kernel, parameters),
            unplaceable: .on(kernel), probe: .atZero)
    }
}

extension KernelDesign.Safety {
    /// The question that VFIO asks since reserved regions have types (4.11).
    static func sinceRegions(
        on kernel: KernelVersion, _ parameters: ModelParameters
    ) -> Self {
        kernel < parameters.isolationPerGroupSince ? .everyControllerOrIOMMU : .ofGroup
    }
}

extension KernelDesign.Unplaceable {
    /// Since 5.2 the page is mapped while vectors are allocated and not while a message is composed
    /// (`iommu_dma_prepare_msi`), so that there is somebody to tell.
    static func on(_ kernel: KernelVersion) -> Self {
        kernel < KernelVersion(major: 5, minor: 2) ? .allOnes : .refused(.noSpace)
    }
}
