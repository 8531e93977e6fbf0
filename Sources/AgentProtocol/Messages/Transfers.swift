// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Which way the bytes of a transfer go, as the device sees it.
package enum TransferDirection: UInt8, WireValue, CaseIterable {
    case read = 0
    case write = 1
}

/// Makes a device's own DMA engine read or write four bytes.
///
/// The bytes come from and go through memory of the device's container: the last 64 bytes of the
/// first mapping that still stands. Bus mastering is switched on, unless it was switched off by
/// request.
package struct TransferBytes: AgentRequest {
    package typealias Answer = TransferResult
    package static let kind = RequestKind.transfer

    package var device: DeviceHandle
    package var direction: TransferDirection
    /// What the device puts on the bus.
    package var address: IOVA
    /// What a write carries; a read ignores it.
    package var value: UInt32
    /// How long one movement of the engine may take.
    package var timeout: Nanoseconds
    /// How long signals are awaited afterwards.
    package var settling: Nanoseconds

    package init(
        device: DeviceHandle, direction: TransferDirection, address: IOVA, value: UInt32,
        timeout: Nanoseconds = .milliseconds(3000), settling: Nanoseconds = .milliseconds(20)
    ) {
        self.device = device
        self.direction = direction
        self.address = address
        self.value = value
        self.timeout = timeout
        self.settling = settling
    }

    package func write(to writer: inout WireWriter) {
        device.write(to: &writer)
        direction.write(to: &writer)
        address.write(to: &writer)
        value.write(to: &writer)
        timeout.write(to: &writer)
        settling.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        device = try DeviceHandle(from: &reader)
        direction = try TransferDirection(from: &reader)
        address = try IOVA(from: &reader)
        value = try UInt32(from: &reader)
        timeout = try Nanoseconds(from: &reader)
        settling = try Nanoseconds(from: &reader)
    }
}

/// How a transfer went.
package struct TransferResult: WireValue {
    /// What stands in the device's buffer afterwards: what a write carried, or a read brought.
    ///
    /// It is fetched by a further movement; nothing where the device's bytes went nowhere.
    package var value: UInt32?
    /// What stands at the address in the container's memory; nothing where none is mapped there.
    package var memory: UInt32?
    /// What the eventfds of all armed vectors of all devices counted meanwhile.
    package var signals: [VectorSignals]
    package var began: BoardInstant
    package var ended: BoardInstant

    package init(
        value: UInt32?, memory: UInt32?, signals: [VectorSignals], began: BoardInstant,
        ended: BoardInstant
    ) {
        self.value = value
        self.memory = memory
        self.signals = signals
        self.began = began
        self.ended = ended
    }

    package func write(to writer: inout WireWriter) {
        value.write(to: &writer)
        memory.write(to: &writer)
        signals.write(to: &writer)
        began.write(to: &writer)
        ended.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        value = try UInt32?(from: &reader)
        memory = try UInt32?(from: &reader)
        signals = try [VectorSignals](from: &reader)
        began = try BoardInstant(from: &reader)
        ended = try BoardInstant(from: &reader)
    }
}

/// What one eventfd counted.
package struct VectorSignals: WireValue {
    package var device: DeviceHandle
    package var vector: VectorIndex
    package var count: UInt64

    package init(device: DeviceHandle, vector: VectorIndex, count: UInt64) {
        self.device = device
        self.vector = vector
        self.count = count
    }

    package func write(to writer: inout WireWriter) {
        device.write(to: &writer)
        vector.write(to: &writer)
        count.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        device = try DeviceHandle(from: &reader)
        vector = try VectorIndex(from: &reader)
        count = try UInt64(from: &reader)
    }
}
