// SPDX-License-Identifier: GPL-3.0-or-later

/// What the facts about kernels leave open, each with its default instead of a silent assumption.
package struct ModelParameters: Sendable, Hashable, Codable {
    package var window: SoftwareWindow
    /// How many user maps a container may hold: `vfio_iommu_type1.dma_entry_limit`.
    package var mapLimit: Int
    /// The first kernel whose safety check asks each group; 6.1 does not yet, 6.12 does.
    package var isolationPerGroupSince: KernelVersion

    package init(
        window: SoftwareWindow = .mainline, mapLimit: Int = 65535,
        isolationPerGroupSince: KernelVersion = KernelVersion(major: 6, minor: 3)
    ) {
        self.window = window
        self.mapLimit = mapLimit
        self.isolationPerGroupSince = isolationPerGroupSince
    }
}
