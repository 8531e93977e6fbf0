// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// A way to let a board boot a given kernel once, while its own default stays what it was.
package protocol BootMethod: Sendable {
    /// What reports call it, and whether the machine is reset by it.
    var manner: BootManner { get }

    /// Whether `disarm` without a hand works only while the board has no power.
    var disarmsWithoutPower: Bool { get }

    /// Brings a kernel to the board and arranges that `start` boots it.
    /// - Throws: `BootFault`, `SSHError`.
    func prepare(_ kernel: BootableKernel, with hand: BoardHand) async throws

    /// Lets the board leave its kernel for the prepared one; returns before it does.
    /// - Throws: `SSHError`.
    func start(with hand: BoardHand) async throws

    /// What a person must do where `disarm` could not, as a clause: `put … back`.
    var byHand: String { get }

    /// Takes back what would make the next boot take the prepared kernel again.
    ///
    /// The board may run any kernel, or none that answers: then there is no hand.
    /// - Returns: whether the next boot is that of the known-good kernel.
    /// - Throws: `BootFault`, `SSHError`, `ToolFailure`.
    func disarm(with hand: BoardHand?) async throws -> Bool

    /// Removes what was brought; the board runs its known-good kernel.
    /// - Throws: `SSHError`.
    func tidy(with hand: BoardHand) async throws
}

extension BootMethod {
    package var disarmsWithoutPower: Bool { false }
    package var byHand: String { "make its boot loader forget the kernel under test" }
    /// Reboots: what was prepared is what the loader takes next.
    package func start(with hand: BoardHand) async throws { try await hand.reboot() }
    /// Most loaders forget the prepared kernel by themselves.
    package func disarm(with hand: BoardHand?) async throws -> Bool { true }
}
