// SPDX-License-Identifier: GPL-3.0-or-later

package import Scheduling

/// What can switch a board's power: a BMC, a power strip, commands of the lab.
///
/// A driver tells and asks; it is the `PowerSwitch` that reads back.
package protocol PowerDriver: Sendable {
    /// What it is and where, for messages: `the BMC 10.0.0.7:623`.
    var title: String { get }
    /// Whether it is given `cycle` itself; otherwise off and on are used.
    var hasOwnCycle: Bool { get }
    /// Tells the power what to do; returns when it was told, not when it is done.
    func carryOut(_ action: PowerAction, deadline: Deadline) async throws
    /// Reads the state; nothing where there is no way to know.
    func state(deadline: Deadline) async throws -> PowerState?
}

/// What a power switch can be told.
package enum PowerAction: String, Sendable, CaseIterable {
    case on, off, cycle

    /// The state that it ends with.
    package var result: PowerState { self == .off ? .off : .on }
}

/// Whether a board has power, as what switches it says.
package enum PowerState: String, Sendable, Codable {
    case on, off
}

/// What an action has led to.
package struct PowerReading: Sendable, Hashable, Codable {
    package let state: PowerState
    /// Whether the state was read back; without, the driver has only taken the order.
    package let isConfirmed: Bool

    package init(state: PowerState, isConfirmed: Bool) {
        self.state = state
        self.isConfirmed = isConfirmed
    }
}
