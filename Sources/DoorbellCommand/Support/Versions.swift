// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol

/// What the manifest of a run says of the program itself.
enum Versions {
    static let doorbell = "0.1.0"

    static var all: [String: String] {
        ["doorbell": doorbell, "agent protocol": "\(ProtocolVersion.current)"]
    }
}
