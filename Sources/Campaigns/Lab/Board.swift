// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// One board of a lab: what it is for everybody, and how it is reached.
package struct Board: Hashable, Sendable {
    package let name: BoardName
    /// How the board comes into being and is reached.
    package let reach: Reach
    /// Words to choose boards by.
    package let labels: [LabelName]
    /// The kernel recipe that is booted when the command line names none.
    package let kernel: KernelName?
    /// Where MSIs are written to, for a board whose firmware does not tell; empty otherwise.
    package let doorbells: [DoorbellFrame]
    package let timeouts: BoardTimeouts
    /// Why its devices must not be reset, where they must not.
    package let skipReset: String?
    /// What a person should know.
    package let notes: String?

    /// The two kinds of board.
    package enum Reach: Hashable, Sendable {
        /// A machine that QEMU makes on the controller.
        case qemu(VirtualMachine)
        /// A machine with an SSH server, its own power switch and console.
        case ssh(RemoteMachine)
    }
}

/// A page that MSIs are written to, as the lab knows it.
package struct DoorbellFrame: Hashable, Sendable {
    /// The device that decodes the writes.
    package enum Controller: String, CaseIterable, Hashable, Sendable, Codable {
        case gicv2m, its
    }

    package let controller: Controller
    /// Where the controller's frame of registers begins.
    package let base: PhysicalAddress
    /// The SPIs that a GICv2m frame raises, where neither its register nor the boot log tells.
    package let interrupts: ClosedRange<InterruptID>?

    package init(
        controller: Controller, base: PhysicalAddress,
        interrupts: ClosedRange<InterruptID>? = nil
    ) {
        self.controller = controller
        self.base = base
        self.interrupts = interrupts
    }
}

/// How long each thing that a board does may take.
package struct BoardTimeouts: Hashable, Sendable {
    /// From power to the first command over SSH.
    package var boot: Duration = .seconds(180)
    /// One attempt to connect.
    package var connect: Duration = .seconds(20)
    /// One step of a case, ringing included.
    package var step: Duration = .seconds(60)
    /// One power command.
    package var power: Duration = .seconds(30)

    package init() {}

    init(boot: Duration, connect: Duration, step: Duration, power: Duration) {
        (self.boot, self.connect, self.step, self.power) = (boot, connect, step, power)
    }
}

/// What a label names.
package enum LabelSubject {}
/// A word to choose boards by.
package typealias LabelName = Name<LabelSubject>
