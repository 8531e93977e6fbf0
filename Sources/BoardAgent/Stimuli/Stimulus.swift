// SPDX-License-Identifier: GPL-3.0-or-later

package import AgentProtocol

/// A way to make one kind of device raise its interrupt.
///
/// To add one: a file here, and a line in `Ringing/Rings.swift`.
package protocol Stimulus {
    /// What is written where, for the report.
    var name: String { get }
    /// How long the device needs quiet after its last interrupt before it may be disarmed.
    var rest: Nanoseconds { get }
    /// How long the device must be left alone between two raises, so that it merges or repeats none.
    var gap: Nanoseconds { get }
    /// Makes the device raise the vector once; called in the loop that is timed.
    mutating func raise()
    /// Takes the interrupt back in the device, so that it can be raised again.
    mutating func acknowledge()
    /// Asks a register that never holds all ones, where raises were lost: a device that is gone, or
    /// whose memory is not decoded, takes every write in silence and owes nothing.
    /// - Throws: `Refusal` of a device that is silent.
    func checkItAnswers() throws(Refusal)
}
