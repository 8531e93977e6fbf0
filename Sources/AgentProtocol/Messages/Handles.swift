// SPDX-License-Identifier: GPL-3.0-or-later

/// The agent's name for an open container; never used twice in one session.
package struct ContainerHandle: RawRepresentable, Hashable, WireValue {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// The agent's name for an open group; never used twice in one session.
package struct GroupHandle: RawRepresentable, Hashable, WireValue {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The group that was opened last, for requests that go in one flight with its opening.
    package static let newest = GroupHandle(rawValue: .max)
}

/// The agent's name for an open device; never used twice in one session.
package struct DeviceHandle: RawRepresentable, Hashable, WireValue {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }
}
