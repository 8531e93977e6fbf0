// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
package import Scheduling

/// Power that a strip switches, driven by pdudaemon over HTTP.
///
/// pdudaemon takes orders and cannot tell a state: nothing is ever confirmed.
package struct PDUDaemonPower: PowerDriver {
    private let access: PDUDaemonAccess

    package init(_ access: PDUDaemonAccess) { self.access = access }

    package var title: String { "pdudaemon at \(access.url)" }
    package var hasOwnCycle: Bool { true }

    /// Tells it on, off or reboot, which is off, five seconds, and on; the answer comes after them.
    package func carryOut(_ action: PowerAction, deadline: Deadline) async throws {
        let word = action == .cycle ? "reboot" : action.rawValue
        let query = "hostname=\(Self.escaped(access.device))&port=\(access.outlet)"
        let request = WebRequest(
            url: "\(access.url)/power/control/\(word)?\(query)", title: title,
            action: "switch outlet \(access.outlet) of \(access.device) \(word)")
        _ = try await request.success(deadline: deadline)
    }

    /// Gives nothing: pdudaemon has no way to ask a strip.
    package func state(deadline: Deadline) async throws -> PowerState? { nil }

    private static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
    }
}

/// Which outlet of which strip pdudaemon is to switch.
package struct PDUDaemonAccess: Sendable, Hashable {
    /// Scheme, host and port, without a slash at the end.
    package let url: String
    /// The strip's name in pdudaemon's configuration.
    package let device: String
    package let outlet: Int

    package init(url: String, device: String, outlet: Int) {
        (self.url, self.device, self.outlet) = (url, device, outlet)
    }
}
