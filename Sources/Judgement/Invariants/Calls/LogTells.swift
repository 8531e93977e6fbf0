// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let logTells = Invariant(
        id: .log(2), name: "log-tells",
        statement: "What the model says that the kernel logs of a step is in the log.",
        generations: .all, needs: [.log],
        reason:
            "vfio_iommu_type1_attach_group, 6.1; iommufd_device_bind, drivers/iommu/iommufd/device.c, 6.12"
    ) { judged in
        var seen = Observations(.log(2))
        for step in judged.steps {
            for expected in step.expected.log where step.record.notDone == nil {
                // Where a step's own log was not read, the case's may hold the line from elsewhere.
                guard let log = step.seen.log ?? judged.evidence.log else {
                    seen.cannotSee("the kernel's log was not read")
                    continue
                }
                seen.check(
                    log.contains { expected.matches($0.message) }, step.record.subject,
                    expected: expected.words, observed: "\(log.count) other lines",
                    lines: step.record.callLines + log.prefix(4).map(\.line))
            }
        }
        return seen
    }
}

extension LogExpectation {
    fileprivate func matches(_ message: String) -> Bool {
        switch self {
        case .noInterruptRemapping:
            // `platform` in place of `interrupt` in later kernels.
            message.contains("No interrupt remapping support")
                || message.contains("No platform interrupt remapping support")
        case .interruptsNotSecure: message.contains("MSI interrupts are not secure")
        case .removalWaits: message.contains("blocked until released by user")
        case .warning: TroubleKind(message) == .warning
        }
    }

    fileprivate var words: String {
        switch self {
        case .noInterruptRemapping: "'No interrupt remapping support'"
        case .interruptsNotSecure: "'MSI interrupts are not secure'"
        case .removalWaits: "'blocked until released by user'"
        case .warning: "a warning"
        }
    }
}
