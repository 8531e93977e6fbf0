// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// The IOVAs that the kernel keeps for doorbells.
package struct SoftwareWindow: Sendable, Hashable, Codable {
    package let base: IOVA
    package let size: ByteCount

    package init(base: IOVA, size: ByteCount) {
        self.base = base
        self.size = size
    }

    /// `MSI_IOVA_BASE` and `MSI_IOVA_LENGTH`, which arm-smmu, arm-smmu-v3 and virtio-iommu share
    /// (`drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.c`, 6.1 and 6.12).
    package static let mainline = SoftwareWindow(
        base: IOVA(rawValue: 0x0800_0000), size: .mebibytes(1))

    /// The window as a range; nothing when it would leave 64 bits.
    package var range: IOVARange? { IOVARange(first: base, size: size) }
}
