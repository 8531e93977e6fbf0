// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// What one step did and what was seen while and right after it ran.
package struct StepRecord: Sendable, Codable {
    /// The place in the case, from 0.
    package var index: Int
    package var step: Step
    /// Each kernel call that the step made, in order.
    package var calls: [CallRecord]
    /// Why the step was not carried out, where it was not: its device was never attached, say.
    package var notDone: String?
    /// Whose fault that is; the harness's where nobody said.
    package var blames: FaultKind?
    /// `VFIO_IOMMU_GET_INFO`'s IOVA ranges, read after an attach or detach.
    package var iovaRanges: [IOVARange]?
    /// The page sizes that `VFIO_IOMMU_GET_INFO` reported, one bit for each.
    package var pageSizes: UInt64?
    /// How many bytes `VFIO_IOMMU_UNMAP_DMA` said it took out.
    package var unmapped: ByteCount?
    /// What came of ringing, or of a loopback.
    package var ringing: RingRecord?
    /// What came of a plan of traffic.
    package var traffic: TrafficRecord?
    /// What came of a device's own DMA.
    package var transfer: TransferRecord?
    /// Texts read right after the step: config space, MSI-X table, `/proc/interrupts`.
    package var texts: [RawText]

    package init(index: Int, step: Step, calls: [CallRecord] = [], texts: [RawText] = []) {
        self.index = index
        self.step = step
        self.calls = calls
        self.texts = texts
    }
}

/// One system call of the agent.
package struct CallRecord: Sendable, Hashable, Codable {
    /// The kernel's name of it: `VFIO_SET_IOMMU`.
    package var name: String
    /// What it returned where it succeeded: 0, or a count.
    package var result: Int64
    package var errno: KernelErrno
    package var began: BoardInstant
    package var ended: BoardInstant

    package init(
        name: String, result: Int64, errno: KernelErrno, began: BoardInstant, ended: BoardInstant
    ) {
        self.name = name
        self.result = result
        self.errno = errno
        self.began = began
        self.ended = ended
    }
}

/// The account of a ring step: every raise is somewhere in it.
package struct RingRecord: Sendable, Hashable, Codable {
    package var device: PCIAddress
    package var vector: VectorIndex
    /// How often the device was told to raise.
    package var raised: UInt64
    /// How many of these were seen on the eventfd.
    package var arrived: UInt64
    /// How many eventfd signals came that nobody raised.
    package var spurious: UInt64
    /// From raise to eventfd, in nanoseconds on the board's clock.
    package var medianLatency: UInt64
    package var worstLatency: UInt64
    /// From the first raise to the last arrival, in nanoseconds.
    package var elapsed: UInt64
    package var began: BoardInstant
    package var ended: BoardInstant
    /// What was written where: "edu BAR0+0x60"; nothing where nobody said.
    package var stimulus: String?
    /// Set where no device rang: VFIO itself signalled, which proves nothing of any mapping.
    package var isSynthetic: Bool?

    package init(
        device: PCIAddress, vector: VectorIndex, raised: UInt64, arrived: UInt64, spurious: UInt64,
        medianLatency: UInt64, worstLatency: UInt64, elapsed: UInt64, began: BoardInstant,
        ended: BoardInstant
    ) {
        self.device = device
        self.vector = vector
        self.raised = raised
        self.arrived = arrived
        self.spurious = spurious
        self.medianLatency = medianLatency
        self.worstLatency = worstLatency
        self.elapsed = elapsed
        self.began = began
        self.ended = ended
    }
}
