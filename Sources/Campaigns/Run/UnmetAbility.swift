// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// A case with a step that the agent on a board cannot carry out.
struct UnmetAbility: Blame, Hashable {
    let step: Step

    var kind: FaultKind { .suite }

    var account: Account {
        Account(
            subject: "the case", action: "be run on this board",
            cause: "its step '\(step)' is known to the model and to simulated boards only",
            remedy: "Leave the step out, or see what the model expects with 'doorbell model'.")
    }

    /// Looks at each step of a case before anything is done to the board.
    /// - Throws: `UnmetAbility` naming the first step that the agent cannot do.
    static func check(_ entry: SuiteCase) throws(UnmetAbility) {
        if let step = entry.steps.first(where: \.needsSimulation) {
            throw UnmetAbility(step: step)
        }
    }
}

extension Step {
    /// Whether only a simulated board can carry the step out.
    var needsSimulation: Bool {
        switch self {
        case .openBeside, .window, .loopback, .mask, .steer, .busMaster, .transfer, .disturb,
            .move, .giveBack, .kill:
            true
        case .open, .attach, .map, .unmap, .arm, .ring, .disarm, .reset, .detach, .close,
            .allowUnsafeInterrupts:
            false
        }
    }
}
