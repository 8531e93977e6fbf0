// SPDX-License-Identifier: GPL-3.0-or-later

/// Which of an SMMU's two stages translates: a page of stage 1 cannot be write-only, one of stage 2
/// can (`arm_lpae_prot_to_pte`, `drivers/iommu/io-pgtable-arm.c`, 6.12).
package enum TranslationStage: Int, Sendable, Hashable, Codable {
    case one = 1
    case two = 2
}
