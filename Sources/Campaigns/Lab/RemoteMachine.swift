// SPDX-License-Identifier: GPL-3.0-or-later

package import Boards
package import SystemPackage

/// A machine that is reached over SSH.
package struct RemoteMachine: Hashable, Sendable {
    package let host: String
    package let port: UInt16
    package let user: String
    /// The pinned host key; nothing until the board is enrolled, and until then it is refused.
    package let hostKey: PinnedHostKey?
    package let credential: Credential
    package let power: PowerSource?
    package let console: ConsoleOrigin?
    /// How it boots kernels that are brought to it; nothing for a board that keeps its own.
    package let boot: BootPlan?

    /// What proves to the board who we are.
    package enum Credential: Hashable, Sendable {
        /// A private key file; the path as it stands in the lab file.
        case identity(FilePath)
        /// The agent that `SSH_AUTH_SOCK` names.
        case agent
    }
}

/// How a lab file says which host key a board has.
package enum PinnedHostKey: Hashable, Sendable {
    /// As `ssh-keygen -l` prints it: `SHA256:` and 43 characters of base64.
    case fingerprint(String)
    /// As a `.pub` file has it: the algorithm, and the key in base64.
    case publicKey(algorithm: String, base64: String)
}

/// What switches a board's power; paths as they stand in the lab file.
package enum PowerSource: Hashable, Sendable {
    case commands(PowerCommands)
    case ipmi(IPMIAccess)
    case redfish(RedfishAccess)
    case pdudaemon(PDUDaemonAccess)
    /// The socket of QEMU's monitor.
    case qmp(FilePath)
}

/// Where a board's console comes from.
package enum ConsoleOrigin: Hashable, Sendable {
    /// A command whose output is the console, for as long as it runs.
    case command(LocalCommand)
    case tcp(NetworkAddress)
    /// The speed is in bits per second.
    case rfc2217(NetworkAddress, speed: UInt32)
    case conserver(ConserverAccess)
    /// Serial over LAN of the BMC that switches the power too; the path as in the lab file.
    case serialOverLAN(IPMIAccess)
}

/// The commands on the controller that switch a board's power.
package struct PowerCommands: Hashable, Sendable {
    package let on: LocalCommand
    package let off: LocalCommand
    /// Where there is none, off and on are used.
    package let cycle: LocalCommand?
    /// Exit status 0 says that the power is on.
    package let status: LocalCommand?
}

/// A command on the controller: a program and its arguments, never seen by a shell.
package struct LocalCommand: Hashable, Sendable {
    package let program: String
    package let arguments: [String]

    package init(program: String, arguments: [String]) {
        self.program = program
        self.arguments = arguments
    }
}
