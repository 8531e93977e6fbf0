// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let bystandersKeepAddress = Invariant(
        id: .msi(58), name: "bystanders-keep-address",
        statement:
            "No device that stays with the host changes its message when another is passed through.",
        generations: .all, needs: [.messages],
        reason:
            "a device's cookie is its own domain's, iommu_get_domain_for_dev, 6.1; broken once by b61d271e59d7"
    ) { judged in
        var seen = Observations(.msi(58))
        let attaches = judged.attachCounts
        for (device, readings) in judged.hosted.readings.sorted(by: { $0.key < $1.key }) {
            // A driver that got its device back arms anew: each time begins with a reading.
            var first: HostedMessages.Reading?
            for after in readings {
                guard let before = first, before.givenBack == after.givenBack else {
                    first = after
                    continue
                }
                guard attaches[after.step + 1] > attaches[before.step + 1] else { continue }
                seen.check(
                    before.addresses == after.addresses, "\(device) of the host",
                    expected: "addresses \(before.addresses.sorted()) still",
                    observed: "\(after.addresses.sorted())", basis: Basis.law,
                    lines: before.lines + after.lines)
            }
        }
        if seen.held == 0, judged.steps.contains(where: \.record.isAttach) {
            seen.cannotSee("no message of a device that stays with the host was read twice")
        }
        return seen
    }
}

extension JudgedCase {
    /// How many steps attached or armed something before each step, and before the case's end.
    fileprivate var attachCounts: [Int] {
        var counts = [0]
        for step in steps {
            let last = counts[counts.count - 1]
            counts.append(last + (step.record.isAttach || step.armedDevice != nil ? 1 : 0))
        }
        // What is read after the last step is numbered like a step of its own.
        return counts + [counts[counts.count - 1]]
    }
}
