// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// The message that a vector must carry while it is armed.
package struct VectorExpectation: Sendable, Hashable, Codable {
    package let device: PCIAddress
    package let kind: InterruptKind
    package let vector: VectorIndex
    package let address: Prediction<MessageAddress>
    package let data: VectorData
    /// The doorbell page that the address leads to; nothing where the message is untranslated.
    package let map: Prediction<DoorbellMap>?

    package init(
        device: PCIAddress, kind: InterruptKind, vector: VectorIndex,
        address: Prediction<MessageAddress>, data: VectorData, map: Prediction<DoorbellMap>?
    ) {
        self.device = device
        self.kind = kind
        self.vector = vector
        self.address = address
        self.data = data
        self.map = map
    }

    /// The physical page that the message leads to; nothing where it may be one of several.
    package var page: PhysicalAddress? {
        guard let pages = map.map({ Set($0.all.map(\.page)) }), pages.count == 1 else { return nil }
        return pages.first
    }
}

extension MessageAddress {
    /// What composing a message that cannot be mapped leaves behind in kernels before 5.2: all
    /// ones, in the data too (`iommu_dma_map_msi_msg`, 4.9).
    package static let allOnes = MessageAddress(rawValue: .max)
}
