// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Patch 1: what an IOMMU says of the addresses that MSIs go to (`struct iommu_domain_msi_geometry`).
package struct MSIGeometry: Sendable, Hashable, Codable {
    /// `aperture_start`.
    package var start: IOVA
    /// `aperture_end`, inclusive.
    package var end: IOVA
    /// `iommu_msi_supported`: whether MSIs must be mapped at all.
    package var isSupported: Bool

    package init(start: IOVA, end: IOVA, isSupported: Bool) {
        self.start = start
        self.end = end
        self.isSupported = isSupported
    }

    /// What ARM's drivers leave: MSIs are translated, and somebody must still give the window.
    package static let arm = MSIGeometry(
        start: IOVA(rawValue: 0), end: IOVA(rawValue: 0), isSupported: true)

    /// What x86 has: a window of the hardware's own, outside all page tables.
    package static let x86 = MSIGeometry(
        start: IOVA(rawValue: 0xfee0_0000), end: IOVA(rawValue: 0xfeef_ffff), isSupported: false)

    /// The aperture where it is set; a single address counts as not set
    /// (`iommu_domain_msi_aperture_valid`: the end must lie above the start).
    package var aperture: IOVARange? {
        end > start ? IOVARange(first: start, last: end) : nil
    }
}

/// An attribute of a domain that somebody asks for or sets.
package enum DomainAttribute: Sendable, Hashable {
    /// `DOMAIN_ATTR_MSI_GEOMETRY`, which stands right behind `DOMAIN_ATTR_GEOMETRY`.
    case msiGeometry
}

extension SeriesPoint {
    /// Answers `iommu_domain_get_attr`; the generic code copies what the domain holds.
    ///
    /// Without the patch the attribute's number is another one, and nobody can ask.
    package func value(
        of attribute: DomainAttribute, in geometry: MSIGeometry
    ) -> MSIGeometry? {
        switch attribute {
        case .msiGeometry: has(.msiGeometry) ? geometry : nil
        }
    }

    /// What `iommu_domain_set_attr` answers: the attribute can only be read (inferred from the ten
    /// lines that `iommu.c` gains).
    package func errnoOfSetting(_ attribute: DomainAttribute) -> KernelErrno {
        switch attribute {
        case .msiGeometry: .invalid
        }
    }
}
