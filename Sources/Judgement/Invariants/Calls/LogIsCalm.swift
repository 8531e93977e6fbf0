// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let logIsCalm = Invariant(
        id: .log(1), name: "log-is-calm",
        statement:
            "The kernel's log gains no warning, bug, oops, lockup or SMMU event but those that the model names.",
        generations: .all, needs: [.log],
        reason:
            "lib/bug.c and arm_smmu_evtq_thread, drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.c, 6.1"
    ) { judged in
        var seen = Observations(.log(1))
        guard let log = judged.evidence.log else {
            seen.cannotSee("the kernel's log was not read")
            return seen
        }
        let allowed = judged.namedAlarms
        let alarms = log.compactMap { line in TroubleKind(line.message).map { (line, $0) } }
        let wrong = alarms.filter { !allowed.contains($0.1) } + judged.alarmsOutOfPlace
        for (line, alarm) in wrong {
            seen.find(
                "the kernel's log", expected: "no \(alarm.rawValue)", observed: line.message,
                lines: [line.line])
        }
        if wrong.isEmpty { seen.hold() }
        return seen
    }
}

extension StepExpectation {
    /// What the model says that the log may gain by the step.
    fileprivate var alarms: Set<TroubleKind> {
        var alarms: Set<TroubleKind> = log.contains(.warning) ? [.warning] : []
        if faults?.allows(true) == true || (faults == nil && mayFault) { alarms.insert(.smmuEvent) }
        if mayCollide { alarms.insert(.warning) }
        if messages.contains(where: { $0.address.exact == nil && $0.address.allows(.allOnes) }) {
            alarms.insert(.warning)
        }
        return alarms
    }
}

extension StepExpectation {
    /// Whether a device acts of whom nothing is said.
    private var mayFault: Bool {
        guard case .notPredicted = outcome else { return false }
        return switch step {
        case .ring, .traffic, .transfer, .mask: true
        default: false
        }
    }

    /// Whether something is mapped of which it is not said what is in its way.
    private var mayCollide: Bool {
        guard case .notPredicted = outcome else { return false }
        return switch step {
        case .map, .attach, .move, .arm: true
        default: false
        }
    }
}

extension JudgedCase {
    /// The alarms that some step of the case may raise.
    fileprivate var namedAlarms: Set<TroubleKind> {
        steps.reduce(into: []) { $0.formUnion($1.expected.alarms) }
    }

    /// Alarms that some step may raise and another one did, where the log of each was read.
    fileprivate var alarmsOutOfPlace: [(LogLine, TroubleKind)] {
        let named = namedAlarms
        return steps.flatMap { step in
            (step.seen.log ?? []).compactMap { line in TroubleKind(line.message).map { (line, $0) }
            }
            .filter { named.contains($0.1) && !step.expected.alarms.contains($0.1) }
        }
    }
}
