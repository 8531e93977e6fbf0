// SPDX-License-Identifier: GPL-3.0-or-later

/// Switches bus mastering in the device's command register.
///
/// It then stays as it was switched: without this request, ringing switches it on.
package struct SetBusMaster: AgentRequest {
    package typealias Answer = CommandRegister
    package static let kind = RequestKind.setBusMaster

    package var device: DeviceHandle
    package var isOn: Bool

    package init(device: DeviceHandle, isOn: Bool) {
        self.device = device
        self.isOn = isOn
    }

    package func write(to writer: inout WireWriter) {
        device.write(to: &writer)
        isOn.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        device = try DeviceHandle(from: &reader)
        isOn = try Bool(from: &reader)
    }
}

/// The command register before and after.
package struct CommandRegister: WireValue {
    package var before: UInt16
    /// Read back, not assumed.
    package var after: UInt16

    package init(before: UInt16, after: UInt16) {
        self.before = before
        self.after = after
    }

    package func write(to writer: inout WireWriter) {
        before.write(to: &writer)
        after.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        before = try UInt16(from: &reader)
        after = try UInt16(from: &reader)
    }
}

/// Resets a device: `VFIO_DEVICE_RESET`.
package struct ResetDevice: AgentRequest {
    package typealias Answer = Done
    package static let kind = RequestKind.resetDevice

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

/// Resets a device by its own register, behind the kernel's back; what its vectors say may be gone.
package struct DisturbDevice: AgentRequest {
    package typealias Answer = Done
    package static let kind = RequestKind.disturb

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
