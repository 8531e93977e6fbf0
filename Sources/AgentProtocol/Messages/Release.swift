// SPDX-License-Identifier: GPL-3.0-or-later

/// Disarms and closes a device.
package struct CloseDevice: AgentRequest {
    package typealias Answer = Done
    package static let kind = RequestKind.closeDevice

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

/// Closes a group; its devices must be closed before.
package struct CloseGroup: AgentRequest {
    package typealias Answer = Done
    package static let kind = RequestKind.closeGroup

    package var group: GroupHandle

    package init(group: GroupHandle) {
        self.group = group
    }

    package func write(to writer: inout WireWriter) {
        group.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        group = try GroupHandle(from: &reader)
    }
}

/// Closes a container; its groups must be closed before.
///
/// The kernel unmaps what is left.
package struct CloseContainer: AgentRequest {
    package typealias Answer = Done
    package static let kind = RequestKind.closeContainer

    package var container: ContainerHandle

    package init(container: ContainerHandle) {
        self.container = container
    }

    package func write(to writer: inout WireWriter) {
        container.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        container = try ContainerHandle(from: &reader)
    }
}

/// Gives everything back in the right order, as at the end of the agent.
package struct ReleaseAll: AgentRequest {
    package typealias Answer = Done
    package static let kind = RequestKind.releaseAll

    package init() {}

    package func write(to writer: inout WireWriter) {}

    package init(from reader: inout WireReader) throws(WireError) {}
}
