// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let logIsCalm = Invariant(
        id: .log(1), name: "log-is-calm",
        statement: "The kernel's log gains no warning, bug, oops, lockup or SMMU event.",
        generations: .all, needs: [.log],
        reason:
            "lib/bug.c and arm_smmu_evtq_thread, drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.c, 6.1"
    ) { judged in
        var seen = Observations(.log(1))
        guard let log = judged.evidence.log else {
            seen.cannotSee("the kernel's log was not read")
            return seen
        }
        let alarms = log.compactMap { line in LogAlarm(line.message).map { (line, $0) } }
        for (line, alarm) in alarms {
            seen.find(
                "the kernel's log", expected: "no \(alarm.rawValue)", observed: line.message,
                lines: [line.line])
        }
        if alarms.isEmpty { seen.hold() }
        return seen
    }
}
