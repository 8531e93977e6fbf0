// SPDX-License-Identifier: GPL-3.0-or-later

package import AgentProtocol
package import SecureShell
package import VirtualBoards
package import Vocabulary

/// A board that runs, with our agent on it.
package struct LiveBoard: Sendable {
    package let name: BoardName
    package let identity: BoardIdentity
    /// The boot ID that the board's console told when it was ready; nothing where it tells none.
    package let announcedBoot: String?
    package let connection: SSHConnection
    package let agent: AgentSession
    package let agentIdentity: AgentIdentity
    package let files: AgentFiles
    /// Where devices can be pulled out and put back; only virtual boards have somebody for it.
    package let slots: MachineSlots?
    package let pageSize: Granule
    /// The address of the controller as the board sees it.
    package let controllerAddress: String?
    /// The console, where the board has one.
    package let console: Console?
    /// Who sees the board from outside, whatever its kernel says; only virtual ones have somebody.
    package let observer: QEMUObserver?
    package let budgets: BoardBudgets
    /// How QEMU started it, where it did.
    package let start: MachineStart?
    /// How it came to its kernel, where that was done over SSH for this stay.
    package var arrival: Arrival?

    /// How the kernel came to run; nothing where it was only switched on or found.
    package var manner: BootManner? {
        if case .snapshot = start { return .snapshot }
        return arrival?.manner
    }

    /// What kept a virtual board from going on from its snapshot, or from being kept as one.
    package var snapshotLoss: SnapshotLoss? {
        if case .boot(let loss) = start { loss } else { nil }
    }
}
