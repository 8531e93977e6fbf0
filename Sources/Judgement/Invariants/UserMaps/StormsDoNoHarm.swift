// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let stormsDoNoHarm = Invariant(
        id: .msi(33), name: "storms-do-no-harm",
        statement:
            "User maps and unmaps that run while another call arms vectors cause no warning and lose no interrupt.",
        generations: .all, needs: [.calls, .log],
        reason:
            "msi_prepare_lock and the container's lock are different ones, dma-iommu.c and vfio_iommu_type1.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(33))
        let storms = judged.overlappedArmings
        let plans = judged.stormyPlans
        guard !storms.isEmpty || !plans.isEmpty else {
            if !judged.armings.isEmpty {
                seen.cannotSee("no call that maps or unmaps ran while another one armed")
            }
            return seen
        }
        let alarms = (judged.evidence.log ?? []).filter { TroubleKind($0.message) != nil }
        for (step, call) in storms {
            let short = judged.steps.filter {
                $0.record.ringing.map { $0.device == step.armedDevice.flatMap(judged.address) }
                    ?? false
                    && $0.expected.arrivals != nil
                    && $0.record.ringing?.arrived != $0.expected.arrivals
            }
            seen.check(
                alarms.isEmpty && short.isEmpty, step.record.subject,
                expected: "no alarm and no raise lost beside \(call.name)",
                observed: "\(alarms.count) alarms, \(short.count) rings short", basis: Basis.law,
                lines: step.record.callLines + alarms.map(\.line))
        }
        for step in plans {
            let lost = judged.lanes.filter { lane in
                lane.step.position == step.position
                    && lane.seen.map { lane.expected.allows($0) == false } ?? false
            }
            let overlaps = step.record.traffic?.storm?.overlaps ?? 0
            seen.check(
                alarms.isEmpty && lost.isEmpty, step.record.subject,
                expected: "no alarm and no raise lost beside \(overlaps) armings in a storm",
                observed: "\(alarms.count) alarms, \(lost.count) vectors short",
                basis: Basis.law, lines: lost.flatMap(\.lines) + alarms.map(\.line))
        }
        return seen
    }
}

extension JudgedCase {
    /// The plans of traffic in which vectors were armed while a call mapped or unmapped.
    fileprivate var stormyPlans: [JudgedStep] {
        steps.filter { $0.record.traffic?.storm?.overlaps ?? 0 > 0 }
    }

    /// The arm steps during whose calls a map or unmap of another step ran, with that call.
    fileprivate var overlappedArmings: [(step: JudgedStep, call: CallRecord)] {
        let storm: Set<String> = [
            "VFIO_IOMMU_MAP_DMA", "VFIO_IOMMU_UNMAP_DMA", "IOMMU_IOAS_MAP", "IOMMU_IOAS_UNMAP",
        ]
        let calls = steps.flatMap { step in
            step.record.calls.map { (step: step.position, call: $0) }
        }.sorted { $0.call.began < $1.call.began }
        var found: [(step: JudgedStep, call: CallRecord)] = []
        var arming: (step: Int, call: CallRecord)?
        var mapping: (step: Int, call: CallRecord)?
        for (step, call) in calls {
            if storm.contains(call.name) {
                if let arming, call.began < arming.call.ended {
                    found.append((steps[arming.step], call))
                }
                if mapping.map({ $0.call.ended < call.ended }) ?? true { mapping = (step, call) }
            } else if call.name == "VFIO_DEVICE_SET_IRQS", steps[step].isArming {
                if let mapping, call.began < mapping.call.ended {
                    found.append((steps[step], mapping.call))
                }
                arming = (step, call)
            }
        }
        return found
    }
}
