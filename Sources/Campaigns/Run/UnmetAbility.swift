// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// A case with a step that the agent on a board cannot carry out.
package struct UnmetAbility: Blame, Hashable {
    package let step: Step
    /// Why not, of the step.
    package let reason: String
    package let remedy: String

    package var kind: FaultKind { .suite }

    package var account: Account {
        Account(
            subject: "the case", action: "be run on this board",
            cause: "its step '\(step)' \(reason)", remedy: remedy)
    }

    /// Looks at each step of a case before anything is done to the board.
    ///
    /// Only where somebody can pull devices out (`hasSlots`) cases that want it can be run.
    /// - Throws: `UnmetAbility` naming the first step that the agent cannot do.
    package static func check(_ entry: SuiteCase, hasSlots: Bool = true) throws(UnmetAbility) {
        var mapped = false
        for step in entry.steps {
            switch step {
            case .openBeside, .window, .move: throw UnmetAbility(simulated: step)
            case .unplug, .plug: if !hasSlots { throw UnmetAbility(slotless: step) }
            case .map: mapped = true
            case .transfer(let device, _): try check(step, entry.devices[device], mapped)
            case .disturb(let device): try check(disturb: step, entry.devices[device])
            default: break
            }
        }
    }

    private static func check(
        _ step: Step, _ device: DeviceRequirement?, _ mapped: Bool
    ) throws(UnmetAbility) {
        guard device?.kind == .edu else {
            throw UnmetAbility(
                step: step, reason: "wants a device that moves four bytes by itself",
                remedy: "Ask for an edu; the harness knows no such engine in another device.")
        }
        guard mapped else {
            throw UnmetAbility(
                step: step, reason: "needs memory that the bytes go through",
                remedy: "Map a page or more in the device's container before.")
        }
    }

    private static func check(
        disturb step: Step, _ device: DeviceRequirement?
    ) throws(UnmetAbility) {
        switch device?.kind {
        case .e1000e, .igb, .nvme: return
        default:
            throw UnmetAbility(
                step: step, reason: "wants a device that resets itself by a register",
                remedy: "Ask for an e1000e, an igb or an nvme.")
        }
    }
}

extension UnmetAbility {
    fileprivate init(slotless step: Step) {
        self.init(
            step: step, reason: "wants somebody who pulls devices out, and this board has nobody",
            remedy: "Run the case on a virtual board.")
    }

    fileprivate init(simulated step: Step) {
        self.init(
            step: step, reason: "is known to the model and to simulated boards only",
            remedy: "Leave the step out, or see what the model expects with 'doorbell model'.")
    }
}
