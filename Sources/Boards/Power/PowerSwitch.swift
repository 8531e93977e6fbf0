// SPDX-License-Identifier: GPL-3.0-or-later

package import Scheduling
package import Vocabulary

/// A board's power: switched through a driver, and read back after every action.
///
/// Each action is given one deadline for all of it, the reading back included: `timeouts: power`.
package struct PowerSwitch: Sendable {
    /// So long a state is waited for before it is read again.
    private static let pause = Duration.milliseconds(300)

    package let board: BoardName
    private let driver: any PowerDriver

    package init(board: BoardName, driver: any PowerDriver) {
        self.board = board
        self.driver = driver
    }

    /// What switches the power, for messages: `the BMC 10.0.0.7:623`.
    package var title: String { driver.title }

    /// Switches the power on and reads it back.
    /// - Throws: `PowerError`; what the driver throws when it cannot be told.
    @discardableResult
    package func on(deadline: Deadline) async throws -> PowerReading {
        try await carryOut(.on, deadline)
    }

    /// Switches the power off and reads it back.
    /// - Throws: `PowerError`; what the driver throws when it cannot be told.
    @discardableResult
    package func off(deadline: Deadline) async throws -> PowerReading {
        try await carryOut(.off, deadline)
    }

    /// Takes the power away and gives it again.
    ///
    /// Where the state can be read, off is read back before on is asked for: a cycle that did not
    /// take the power away is an error. The lab's own command for it is believed that it did.
    /// - Throws: `PowerError`; what the driver throws when it cannot be told.
    @discardableResult
    package func cycle(deadline: Deadline) async throws -> PowerReading {
        if driver.hasOwnCycle { return try await carryOut(.cycle, deadline) }
        try await off(deadline: deadline)
        return try await on(deadline: deadline)
    }

    /// Reads the state; nothing where the driver has no way to know.
    package func state(deadline: Deadline) async throws -> PowerState? {
        try await driver.state(deadline: deadline)
    }

    /// Whether the power is on; nothing where the driver has no way to know.
    package func isOn(deadline: Deadline) async throws -> Bool? {
        try await state(deadline: deadline).map { $0 == .on }
    }

    private func carryOut(
        _ action: PowerAction, _ deadline: Deadline
    ) async throws -> PowerReading {
        try await driver.carryOut(action, deadline: deadline)
        return try await confirm(action.result, deadline)
    }

    /// Reads the state until it is the wanted one; a reading that fails may succeed the next time.
    private func confirm(_ wanted: PowerState, _ deadline: Deadline) async throws -> PowerReading {
        var last: Result<PowerState, any Error>?
        while !deadline.hasPassed {
            do {
                guard let found = try await driver.state(deadline: deadline) else {
                    return PowerReading(state: wanted, isConfirmed: false)
                }
                if found == wanted { return PowerReading(state: found, isConfirmed: true) }
                last = .success(found)
            } catch {
                try Task.checkCancellation()
                if let failure = error as? ToolFailure, case .notFound = failure.cause {
                    throw failure
                }
                // The deadline itself cuts the last reading short, which tells nothing new.
                if last == nil || !deadline.hasPassed { last = .failure(error) }
            }
            try await Task.sleep(for: min(Self.pause, deadline.remaining))
        }
        throw PowerError(
            board: board, switchedBy: title, wanted: wanted, seen: last, budget: deadline.allowed)
    }
}
