// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let steeringKeepsMessage = Invariant(
        id: .msi(11), name: "steering-keeps-message",
        statement: "Writing the affinity of an interrupt changes neither address nor data.",
        generations: .all, needs: [.messages],
        reason: "its_set_affinity moves the collection, irq-gic-v3-its.c; GICv2m's SPI stays, 6.1"
    ) { judged in
        var seen = Observations(.msi(11))
        for step in judged.steps where step.record.succeeded {
            for device in judged.steered(by: step) {
                judged.compareMessages(of: device, across: step, &seen)
            }
        }
        return seen
    }
}

extension JudgedCase {
    fileprivate func steered(by step: JudgedStep) -> [DeviceName] {
        if case .steer(let device, _, _) = step.record.step { return [device] }
        return disturbed(by: step) { if case .steer(let device, _) = $0 { device } else { nil } }
    }

    /// Checks that what was read of an armed device after a step is what was read before.
    ///
    /// With `after` it compares the reading after that later step instead.
    func compareMessages(
        of device: DeviceName, across step: JudgedStep, after later: Int? = nil,
        addressOnly: Bool = false, _ seen: inout Observations
    ) {
        let old = messages.last(of: device, before: step.position)
        let new = messages.first(of: device, from: later ?? step.position)
        let pairs = old.compactMap { before in
            new.first { $0.vector == before.vector && $0.kind == before.kind }.map { (before, $0) }
        }
        guard !pairs.isEmpty,
            later != nil || addressOnly || pairs[0].0.arming == pairs[0].1.arming
        else {
            seen.cannotSee(
                "no message of \(device) was read before and after \(step.record.subject)")
            return
        }
        for (before, after) in pairs {
            let same =
                before.message.address == after.message.address
                && (addressOnly || before.message.data == after.message.data)
            seen.check(
                same, "\(before.subject) over \(step.record.subject)",
                expected: "\(before.message) still", observed: "\(after.message)",
                basis: Basis.law, lines: before.lines + after.lines)
        }
    }
}
