// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// What the facts about kernels leave open, each with its default instead of a silent assumption.
package struct ModelParameters: Sendable, Hashable, Codable {
    /// The window of software MSIs.
    package var window: SoftwareWindow
    /// How many user maps a container may hold: `vfio_iommu_type1.dma_entry_limit`.
    package var mapLimit: Int
    /// The first kernel whose safety check asks each group; 6.1 does not yet, 6.12 does.
    package var isolationPerGroupSince: KernelVersion
    /// The first kernel whose probe of large pages asks the ranges (inferred: about 6.2; stable
    /// trees have it too, 6.1.192 among them).
    package var probeInRangesSince: KernelVersion
    /// Where a tree stands in the RFC's series.
    package var series: SeriesPoint
    /// The window that patch 8 gives; nothing for the whole aperture, which is a guess from the
    /// cover letter's words "covers the GPA address range".
    package var mixedWindow: IOVARange?
    /// What patch 1's geometry holds on the board's SMMU.
    package var geometry: MSIGeometry
    /// What is open of patches 4 and 5.
    package var mixed: MixedOptions
    /// The mask of a device whose own is not known: that of a function that no driver has touched
    /// (recalled).
    package var defaultMask: IOVA
    /// Whether the allocator of V12's window is the author's with the lowest page usable.
    package var lowestPageUsable: Bool
    /// Whether nothing but the doorbell is mapped in a host driver's domain when it arms: then its
    /// address is exact too.
    package var hostDomainIsFresh: Bool
    /// How many pages from the highest down a host driver's doorbell may lie, where the driver
    /// has allocated other things before (recalled: few drivers take more than a mebibyte first).
    package var hostPages: UInt64 = 256

    package init(
        window: SoftwareWindow = .mainline, mapLimit: Int = 65535,
        isolationPerGroupSince: KernelVersion = KernelVersion(major: 6, minor: 3),
        probeInRangesSince: KernelVersion = KernelVersion(major: 6, minor: 1),
        series: SeriesPoint = .complete, mixedWindow: IOVARange? = nil,
        geometry: MSIGeometry = .arm, mixed: MixedOptions = MixedOptions(),
        defaultMask: IOVA = IOVA(rawValue: 0xffff_ffff), lowestPageUsable: Bool = true,
        hostDomainIsFresh: Bool = false
    ) {
        self.window = window
        self.mapLimit = mapLimit
        self.isolationPerGroupSince = isolationPerGroupSince
        self.probeInRangesSince = probeInRangesSince
        self.series = series
        self.mixedWindow = mixedWindow
        self.geometry = geometry
        self.mixed = mixed
        self.defaultMask = defaultMask
        self.lowestPageUsable = lowestPageUsable
        self.hostDomainIsFresh = hostDomainIsFresh
    }
}
