// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let silentWithoutBusMaster = Invariant(
        id: .msi(68), name: "silent-without-bus-master",
        statement: "A device that is no bus master raises nothing, and nothing faults.",
        generations: .all, needs: [.calls],
        reason:
            "without Bus Master Enable a function issues no memory request, messages included, PCIe 5.0, 7.5.1.1.3"
    ) { judged in
        var seen = Observations(.msi(68))
        var off: Set<DeviceName> = []
        for step in judged.steps {
            switch step.record.step {
            case .busMaster(let device, let enabled) where step.record.notDone == nil:
                if enabled { off.remove(device) } else { off.insert(device) }
            case .attach(let device, _), .reset(let device): off.remove(device)
            case .ring(let device, _, _) where off.contains(device):
                guard let ring = step.record.ringing else {
                    seen.cannotSee("no account of \(step.record.subject) was recorded")
                    continue
                }
                let faults = judged.faults.during(step.position).lines
                let count = judged.increase(of: ring.vector, device: ring.device, at: step)
                seen.check(
                    ring.arrived == 0 && faults.isEmpty && count?.count ?? 0 == 0,
                    step.record.subject, expected: "0 arrived, 0 counted, no fault",
                    observed:
                        "\(ring.arrived) arrived, \(count?.count ?? 0) counted, \(faults.count) faults",
                    basis: Basis.law,
                    lines: [step.record.line("\(ring.arrived) of \(ring.raised) arrived")] + faults
                        + (count?.lines ?? []))
            case .traffic: judged.judgeTraffic(step, without: off, &seen)
            default: break
            }
        }
        return seen
    }
}

extension JudgedCase {
    fileprivate func judgeTraffic(
        _ step: JudgedStep, without masters: Set<DeviceName>, _ seen: inout Observations
    ) {
        let silent = Set(masters.compactMap(address))
        let faults = faults.during(step.position).lines
        for lane in step.record.traffic?.lanes ?? [] where silent.contains(lane.device) {
            seen.check(
                lane.signals == 0 && faults.isEmpty,
                "\(lane.device) \(lane.vector), \(step.record.subject)",
                expected: "0 signals, no fault",
                observed: "\(lane.signals) signals, \(faults.count) faults", basis: Basis.law,
                lines: [step.record.line(lane.account)] + faults)
        }
    }
}
