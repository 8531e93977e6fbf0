// SPDX-License-Identifier: GPL-3.0-or-later

package import Scheduling
package import SystemPackage

/// A virtual board that has booted and answers on SSH.
package struct BootedMachine: Sendable {
    /// How its SSH server is reached.
    package struct Login: Sendable, Hashable {
        package let host: String
        package let port: UInt16
        package let user: String
        /// The only key that the server may show.
        package let hostKey: PublicKeyLine
        /// The private key that opens it.
        package let clientKey: FilePath
    }

    package let name: String
    package let login: Login
    /// Where devices can be pulled out and put back.
    package let slots: MachineSlots
    package let console: Console
    /// Power, and whatever else QEMU's monitor can do.
    package let monitor: QMPClient
    /// What QEMU itself sees of the board; nothing where nobody asked for it.
    package let observer: QEMUObserver?
    package let version: QEMUVersion
    /// What the first boot said; a reset gives another one.
    package let ready: BoardReady
    package let start: MachineStart
    let qemu: RunningQEMU

    /// Presses the reset button and awaits that SSH answers again.
    /// - Throws: `MachineError` when the kernel hangs or panics.
    package func reset(deadline: Deadline) async throws -> BoardReady {
        let mark = console.nextLine
        console.expectBoot()
        try await monitor.reset(deadline: deadline)
        return try await boot.ready(from: mark, deadline: deadline)
    }

    /// Awaits the next boot, after the board itself was told to restart.
    /// - Parameters:
    ///   - line: the console's `nextLine` from before that.
    ///   - deadline: until when it must be ready.
    /// - Returns: what that boot said.
    /// - Throws: `MachineError` when the kernel hangs or panics.
    package func nextBoot(from line: Int, deadline: Deadline) async throws -> BoardReady {
        try await boot.ready(from: line, deadline: deadline)
    }

    private var boot: BootWatch { BootWatch(board: name, console: console, qemu: qemu) }
}
