// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let maskedVectorWaits = Invariant(
        id: .msi(67), name: "masked-vector-waits",
        statement:
            "A raise of a masked vector only sets its pending bit, and unmasking delivers exactly one.",
        generations: .all, needs: [.calls],
        reason: "PCI Local Bus 3.0, 6.8.3.5"
    ) { judged in
        var seen = Observations(.msi(67))
        var masked: [VFIOVector: Bool] = [:]
        for step in judged.steps {
            switch step.record.step {
            case .mask(let name, let vector, let isMasked):
                guard let key = judged.key(name, vector), seen.wasDone(step) else { continue }
                let waits = masked[key] == true
                masked[key] = isMasked ? false : nil
                if !isMasked, waits { judged.judgeUnmasking(step, key, &seen) }
            case .ring(let name, let vector, _):
                guard let key = judged.key(name, vector), masked[key] != nil, seen.wasDone(step)
                else { continue }
                masked[key] = true
                judged.judgeMaskedRing(step, key, &seen)
            case .traffic(let plan):
                // Who else raises a masked vector makes it wait too.
                for lane in step.expected.traffic?.lanes ?? [] {
                    let key = VFIOVector(kind: .msix, vector: lane.vector, device: lane.device)
                    if masked[key] != nil { masked[key] = true }
                }
                judged.forgetMasks(of: plan, in: &masked)
            case .arm(let name, _, _), .disarm(let name), .detach(let name):
                let device = judged.address(of: name)
                masked = masked.filter { $0.key.device != device }
            default: break
            }
        }
        for lane in judged.lanes { lane.judgeMaskings(&seen) }
        return seen
    }
}

extension JudgedLane {
    /// Nothing comes under the mask; that one comes behind it, the account says (INV-66).
    fileprivate func judgeMaskings(_ observations: inout Observations) {
        guard let seen, seen.maskings > 0 else { return }
        observations.check(
            seen.premature == 0, subject,
            expected: "no signal in \(seen.maskings) maskings", observed: "\(seen.premature)",
            basis: Basis.law, lines: lines)
    }
}

extension JudgedCase {
    /// What a plan does to a device's vectors takes masks away that stood before.
    fileprivate func forgetMasks(of plan: TrafficPlan, in masked: inout [VFIOVector: Bool]) {
        for disturbance in plan.meanwhile {
            switch disturbance {
            case .mask(let name, _), .rearm(let name, _):
                let device = address(of: name)
                masked = masked.filter { $0.key.device != device }
            default: break
            }
        }
    }

    fileprivate func key(_ name: DeviceName, _ vector: VectorIndex) -> VFIOVector? {
        address(of: name).map { VFIOVector(kind: .msix, vector: vector, device: $0) }
    }

    fileprivate func judgeMaskedRing(
        _ step: JudgedStep, _ key: VFIOVector, _ seen: inout Observations
    ) {
        guard let ring = step.record.ringing else {
            seen.cannotSee("no account of \(step.record.subject) was recorded")
            return
        }
        guard let pending = step.seen.pendingVectors[key.device] else {
            seen.cannotSee("the pending bits of \(key.device) were not read")
            return
        }
        seen.check(
            ring.arrived == 0 && pending.contains(key.vector), step.record.subject,
            expected: "0 arrived and \(key.vector) pending",
            observed: "\(ring.arrived) arrived, \(pending.count) pending", basis: Basis.law,
            lines: [step.record.line("\(ring.arrived) of \(ring.raised) arrived")])
    }

    fileprivate func judgeUnmasking(
        _ step: JudgedStep, _ key: VFIOVector, _ seen: inout Observations
    ) {
        guard let (count, lines) = increase(of: key.vector, device: key.device, at: step) else {
            seen.cannotSee("/proc/interrupts was not read around \(step.record.subject)")
            return
        }
        if case .notPredicted(let reason) = step.expected.outcome {
            seen.cannotSee(reason)
            return
        }
        let arrived = step.record.ringing?.arrived ?? count
        // Nothing arrives of a message that leads nowhere, or of a device that may not write.
        let right = step.expected.arrivals ?? 1
        seen.check(
            count == right && arrived == right, step.record.subject,
            expected: right == 1 ? "exactly one" : "\(right)",
            observed: "\(count) counted, \(arrived) arrived",
            basis: right == 1 ? Basis.law : Basis.exact, lines: lines)
    }
}
