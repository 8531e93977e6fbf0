// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Sets or clears a vector's own mask bit, behind the kernel's back.
///
/// Of MSI-X it is bit 0 of the table entry's control word, reached by mapping the BAR (PCIe 5.0,
/// 7.7.2.7); of MSI a bit of the capability, where it has mask bits (7.7.1.7).
package struct MaskVector: AgentRequest {
    package typealias Answer = MaskedVector
    package static let kind = RequestKind.maskVector

    package var device: DeviceHandle
    package var vector: VectorIndex
    package var isMasked: Bool
    /// How long signals are awaited afterwards: unmasking sends what is pending.
    package var settling: Nanoseconds

    package init(
        device: DeviceHandle, vector: VectorIndex, isMasked: Bool,
        settling: Nanoseconds = .milliseconds(50)
    ) {
        self.device = device
        self.vector = vector
        self.isMasked = isMasked
        self.settling = settling
    }

    package func write(to writer: inout WireWriter) {
        device.write(to: &writer)
        vector.write(to: &writer)
        isMasked.write(to: &writer)
        settling.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        device = try DeviceHandle(from: &reader)
        vector = try VectorIndex(from: &reader)
        isMasked = try Bool(from: &reader)
        settling = try Nanoseconds(from: &reader)
    }
}

/// A vector's mask bit before and after, and what came meanwhile.
package struct MaskedVector: WireValue {
    package var wasMasked: Bool
    /// Read back, not assumed.
    package var isMasked: Bool
    /// Signals on the vector's eventfd from the write to the end of the settling.
    package var signals: UInt64

    package init(wasMasked: Bool, isMasked: Bool, signals: UInt64) {
        self.wasMasked = wasMasked
        self.isMasked = isMasked
        self.signals = signals
    }

    package func write(to writer: inout WireWriter) {
        wasMasked.write(to: &writer)
        isMasked.write(to: &writer)
        signals.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        wasMasked = try Bool(from: &reader)
        isMasked = try Bool(from: &reader)
        signals = try UInt64(from: &reader)
    }
}
