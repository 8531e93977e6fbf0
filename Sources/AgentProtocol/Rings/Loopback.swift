// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Makes the kernel signal a vector's eventfd itself: `VFIO_IRQ_SET_DATA_NONE` with
/// `VFIO_IRQ_SET_ACTION_TRIGGER` (`vfio_pci_set_msi_trigger`, 6.1).
///
/// No device writes to the bus, so that nothing is proved of any mapping: such signals are synthetic.
/// The vector must be armed.
package struct TriggerLoopback: AgentRequest {
    package typealias Answer = RingResult
    package static let kind = RequestKind.loopback

    package var device: DeviceHandle
    package var vector: VectorIndex
    /// How many signals in all, each awaited.
    package var count: UInt32
    /// How long one may take to come.
    package var timeout: Nanoseconds

    package init(
        device: DeviceHandle, vector: VectorIndex, count: UInt32,
        timeout: Nanoseconds = .milliseconds(100)
    ) {
        self.device = device
        self.vector = vector
        self.count = count
        self.timeout = timeout
    }

    package func write(to writer: inout WireWriter) {
        device.write(to: &writer)
        vector.write(to: &writer)
        count.write(to: &writer)
        timeout.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        device = try DeviceHandle(from: &reader)
        vector = try VectorIndex(from: &reader)
        count = try UInt32(from: &reader)
        timeout = try Nanoseconds(from: &reader)
    }
}
