// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Asks how many vectors of a kind a device has: `VFIO_DEVICE_GET_IRQ_INFO`.
package struct GetInterruptInfo: AgentRequest {
    package typealias Answer = InterruptInfo
    package static let kind = RequestKind.interruptInfo

    package var device: DeviceHandle
    package var interrupt: InterruptKind

    package init(device: DeviceHandle, interrupt: InterruptKind) {
        self.device = device
        self.interrupt = interrupt
    }

    package func write(to writer: inout WireWriter) {
        device.write(to: &writer)
        interrupt.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        device = try DeviceHandle(from: &reader)
        interrupt = try InterruptKind(from: &reader)
    }
}

/// What VFIO says of one kind of interrupt of a device.
package struct InterruptInfo: WireValue {
    /// VFIO's index: 0 INTx, 1 MSI, 2 MSI-X, 3 error, 4 request.
    package var index: UInt32
    /// `VFIO_IRQ_INFO_*`: 1 eventfd, 2 maskable, 4 automasked, 8 not resizable.
    package var flags: UInt32
    /// How many vectors.
    package var count: UInt32

    package init(index: UInt32, flags: UInt32, count: UInt32) {
        self.index = index
        self.flags = flags
        self.count = count
    }

    package func write(to writer: inout WireWriter) {
        index.write(to: &writer)
        flags.write(to: &writer)
        count.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        index = try UInt32(from: &reader)
        flags = try UInt32(from: &reader)
        count = try UInt32(from: &reader)
    }
}

/// Arms vectors from 0 on eventfds: `VFIO_DEVICE_SET_IRQS`.
///
/// Here the kernel maps the doorbell.
package struct EnableInterrupts: AgentRequest {
    package typealias Answer = EnabledInterrupts
    package static let kind = RequestKind.enable

    package var device: DeviceHandle
    package var interrupt: InterruptKind
    package var count: UInt32

    package init(device: DeviceHandle, interrupt: InterruptKind, count: UInt32) {
        self.device = device
        self.interrupt = interrupt
        self.count = count
    }

    package func write(to writer: inout WireWriter) {
        device.write(to: &writer)
        interrupt.write(to: &writer)
        count.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        device = try DeviceHandle(from: &reader)
        interrupt = try InterruptKind(from: &reader)
        count = try UInt32(from: &reader)
    }
}

/// What arming did.
package struct EnabledInterrupts: WireValue {
    /// How many vectors are possible, where more were asked for and none is armed.
    ///
    /// This is the call's positive result; nothing when all are armed.
    package var possible: UInt32?

    package init(possible: UInt32?) {
        self.possible = possible
    }

    package func write(to writer: inout WireWriter) {
        possible.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        possible = try UInt32?(from: &reader)
    }
}

/// Disarms all vectors of a kind and closes their eventfds.
package struct DisableInterrupts: AgentRequest {
    package typealias Answer = Done
    package static let kind = RequestKind.disable

    package var device: DeviceHandle
    package var interrupt: InterruptKind

    package init(device: DeviceHandle, interrupt: InterruptKind) {
        self.device = device
        self.interrupt = interrupt
    }

    package func write(to writer: inout WireWriter) {
        device.write(to: &writer)
        interrupt.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        device = try DeviceHandle(from: &reader)
        interrupt = try InterruptKind(from: &reader)
    }
}

/// Asks how often each vector's eventfd was signalled since it was armed.
package struct GetCounts: AgentRequest {
    package typealias Answer = InterruptCounts
    package static let kind = RequestKind.counts

    package var device: DeviceHandle

    package init(device: DeviceHandle) {
        self.device = device
    }

    package func write(to writer: inout WireWriter) {
        device.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        device = try DeviceHandle(from: &reader)
    }
}

/// Signals of each armed vector since it was armed, loopback included.
package struct InterruptCounts: WireValue {
    /// By vector, from 0; empty when nothing is armed.
    package var totals: [UInt64]

    package init(totals: [UInt64]) {
        self.totals = totals
    }

    package func write(to writer: inout WireWriter) {
        totals.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        totals = try [UInt64](from: &reader)
    }
}
