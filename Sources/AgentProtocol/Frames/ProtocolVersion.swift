// SPDX-License-Identifier: GPL-3.0-or-later

/// Which edition of the agent's protocol an end speaks.
///
/// There is no compatibility across editions: agent and controller are built from the same sources.
package struct ProtocolVersion: RawRepresentable, Hashable, WireValue, CustomStringConvertible {
    package let rawValue: UInt16
    package init(rawValue: UInt16) { self.rawValue = rawValue }
    package var description: String { "protocol version \(rawValue)" }

    /// What these sources speak.
    ///
    /// Change it with every change of a message.
    package static let current = ProtocolVersion(rawValue: 5)
}

/// Ties an answer to its request; the controller counts them up from 1.
package struct RequestID: RawRepresentable, Hashable, WireValue, CustomStringConvertible {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }
    package var description: String { "request \(rawValue)" }
}
