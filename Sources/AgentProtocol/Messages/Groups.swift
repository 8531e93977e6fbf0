// SPDX-License-Identifier: GPL-3.0-or-later

/// The number of an IOMMU group, as in `/dev/vfio/N`.
package struct GroupNumber: RawRepresentable, Hashable, WireValue, CustomStringConvertible {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }
    package var description: String { "group \(rawValue)" }
}

/// Opens `/dev/vfio/N` and asks for its status.
package struct OpenGroup: AgentRequest {
    package typealias Answer = OpenedGroup
    package static let kind = RequestKind.openGroup

    package var number: GroupNumber

    package init(number: GroupNumber) {
        self.number = number
    }

    package func write(to writer: inout WireWriter) {
        number.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        number = try GroupNumber(from: &reader)
    }
}

/// A group that is open.
package struct OpenedGroup: WireValue {
    package var group: GroupHandle
    /// `VFIO_GROUP_FLAGS_*`: bit 0 viable, bit 1 a container is set.
    package var flags: UInt32

    package init(group: GroupHandle, flags: UInt32) {
        self.group = group
        self.flags = flags
    }

    package func write(to writer: inout WireWriter) {
        group.write(to: &writer)
        flags.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        group = try GroupHandle(from: &reader)
        flags = try UInt32(from: &reader)
    }
}

/// Puts a group into a container: `VFIO_GROUP_SET_CONTAINER`.
package struct AttachGroup: AgentRequest {
    package typealias Answer = Done
    package static let kind = RequestKind.attachGroup

    package var container: ContainerHandle
    package var group: GroupHandle

    package init(container: ContainerHandle, group: GroupHandle) {
        self.container = container
        self.group = group
    }

    package func write(to writer: inout WireWriter) {
        container.write(to: &writer)
        group.write(to: &writer)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        container = try ContainerHandle(from: &reader)
        group = try GroupHandle(from: &reader)
    }
}

/// Takes a group out of its container: `VFIO_GROUP_UNSET_CONTAINER`.
package struct DetachGroup: AgentRequest {
    package typealias Answer = Done
    package static let kind = RequestKind.detachGroup

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

extension OpenedGroup {
    /// Every device of the group belongs to VFIO or to nobody.
    package var isViable: Bool { flags & 1 != 0 }
}
