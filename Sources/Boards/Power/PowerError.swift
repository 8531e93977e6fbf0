// SPDX-License-Identifier: GPL-3.0-or-later

package import Scheduling
package import Vocabulary

/// A power switch that took an order, and within its time read back something else.
package struct PowerError: Blame {
    package let board: BoardName
    /// What switches the power: `the BMC 10.0.0.7:623`.
    package let switchedBy: String
    package let wanted: PowerState
    /// What the last reading gave; nothing when there was no time for one.
    package let seen: Result<PowerState, any Error>?
    /// How long the whole action was allowed to take.
    package let budget: Duration

    package var kind: FaultKind { .bench }

    package var account: Account {
        Account(
            subject: "board \(board)", action: "be switched \(wanted.rawValue)",
            cause: "\(switchedBy) took the order, but after \(budget.inSeconds) \(last)",
            remedy: "Look at the board; where it only takes longer, give `timeouts: power` more.")
    }

    private var last: String {
        switch seen {
        case .success(let state):
            "its state reads \(state.rawValue), where \(wanted.rawValue) was wanted"
        case .failure(let error): "its state cannot be read: \(error)"
        case nil: "there was no time left to read its state"
        }
    }
}

/// A board that has power, as what switches it says, and answers nobody all the same.
package struct DeadBoard: Blame {
    package let board: BoardName
    package let switchedBy: String
    /// Why nothing was heard of the board itself.
    package let silence: Fault

    package var kind: FaultKind { silence.kind }

    package var account: Account {
        Account(
            subject: silence.account.subject, action: silence.account.action,
            cause: "\(silence.account.cause); \(switchedBy) says that the power of board \(board) "
                + "is on, so either it is not, or the board is dead",
            remedy: "Look at the board's console, or cycle its power.")
    }
}

extension PowerSwitch {
    /// Adds what the power switch says to an error about a board that does not answer.
    ///
    /// Where that cannot be asked now, or says that the power is off, the error stays as it is.
    package func explaining(_ error: any Blame, deadline: Deadline) async -> any Blame {
        guard let state = try? await state(deadline: deadline), state == .on else { return error }
        return DeadBoard(board: board, switchedBy: title, silence: error.fault)
    }
}
