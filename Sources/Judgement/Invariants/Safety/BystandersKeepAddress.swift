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
        for (device, readings) in judged.hosted.readings.sorted(by: { $0.key < $1.key }) {
            for (before, after) in zip(readings, readings.dropFirst()) {
                guard before.givenBack == after.givenBack, judged.somethingAttached(before, after)
                else { continue }
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
    /// Whether a device was attached or armed between two readings.
    fileprivate func somethingAttached(
        _ before: HostedMessages.Reading, _ after: HostedMessages.Reading
    ) -> Bool {
        let between = steps.dropFirst(before.step + 1).prefix(max(0, after.step - before.step))
        return between.contains { $0.record.isAttach || $0.armedDevice != nil }
    }
}
