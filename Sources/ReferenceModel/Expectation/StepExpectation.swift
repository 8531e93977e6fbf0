// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// What must be seen of one step.
package struct StepExpectation: Sendable, Hashable, Codable {
    package let index: Int
    package let step: Step
    package var outcome: Outcome
    /// What the step maps for the user, as ranges; the kernel traces each in pieces.
    package var userMaps: [IOVARange] = []
    /// What the step takes out for the user.
    package var userUnmaps: [IOVARange] = []
    /// Doorbell pages that the step maps, in order of the events.
    package var doorbellMaps: [DoorbellMap] = []
    /// The messages of the vectors that the step arms.
    package var messages: [VectorExpectation] = []
    /// The IOVA ranges that the container reports after the step.
    package var iovaRanges: [IOVARange]?
    /// What `VFIO_IOMMU_UNMAP_DMA` reports.
    package var unmapped: ByteCount?
    /// How many interrupts arrive.
    package var arrivals: UInt64?
    /// Whether the step gives the device a domain that nothing was mapped in before.
    package var opensDomain = false

    package init(index: Int, step: Step, outcome: Outcome = .succeeds) {
        self.index = index
        self.step = step
        self.outcome = outcome
    }
}

/// The message that a vector must carry while it is armed.
package struct VectorExpectation: Sendable, Hashable, Codable {
    package let device: PCIAddress
    package let kind: InterruptKind
    package let vector: VectorIndex
    package let address: MessageAddress
    package let data: VectorData
    /// The doorbell page that the address leads to.
    package let map: DoorbellMap

    package init(
        device: PCIAddress, kind: InterruptKind, vector: VectorIndex, address: MessageAddress,
        data: VectorData, map: DoorbellMap
    ) {
        self.device = device
        self.kind = kind
        self.vector = vector
        self.address = address
        self.data = data
        self.map = map
    }
}
