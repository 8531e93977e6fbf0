// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension Host {
    /// Follows `VFIO_IOMMU_MAP_DMA` with `VFIO_DMA_MAP_FLAG_RESERVED_MSI_IOVA` (series v14).
    mutating func window(
        _ name: ContainerName, _ at: Placement, _ size: Extent, _ seen: inout StepExpectation
    ) {
        guard let request = request(name, at, size, &seen), var space = spaces[name] else { return }
        guard design.doorbells == .given else {
            seen.outcome = .notPredicted(reason: "the kernel does not know the flag")
            return
        }
        guard let range = request.range, isAligned(request.first, request.size),
            !space.groups.isEmpty
        else { return seen.refuse(VFIOCall.map, .invalid) }
        // A container's domains have one cookie each: a second window is refused wherever it lies
        // (`vfio_set_msi_aperture` through `iommu_get_dma_msi_region_cookie`, series v14).
        guard !space.maps.overlaps(range), space.windows.isEmpty else {
            return seen.refuse(VFIOCall.map, .exists)
        }
        space.windows.append(range)
        for index in space.domains.indices {
            guard case .given(var pages) = space.domains[index].doorbells else { continue }
            pages.register(range)
            space.domains[index].doorbells = .given(pages)
        }
        spaces[name] = space
    }
}
