// SPDX-License-Identifier: GPL-3.0-or-later

package import SystemPackage

/// Where a board's SSH server is, who we are there, and how both prove it.
///
/// Nothing else counts: the user's ssh configuration, known_hosts and default keys are not read.
package struct SSHTarget: Sendable {
    /// What messages call it: "board virt-its".
    package var name: String
    package var host: String
    package var port: UInt16
    package var user: String
    /// The host keys that are accepted, one of which the server must have.
    package var hostKeys: [HostKeyPin]
    package var authentication: Authentication

    /// How we prove who we are.
    package enum Authentication: Sendable, Hashable {
        /// A private key without passphrase that only its owner can read.
        case keyFile(FilePath)
        /// The keys of the agent that `SSH_AUTH_SOCK` names.
        case agent
    }

    package init(
        name: String, host: String, port: UInt16 = 22, user: String, hostKeys: [HostKeyPin],
        authentication: Authentication
    ) {
        self.name = name
        self.host = host
        self.port = port
        self.user = user
        self.hostKeys = hostKeys
        self.authentication = authentication
    }
}

extension SSHTarget: CustomStringConvertible {
    package var description: String { "\(name) (\(user)@\(host):\(port))" }
}
