// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let windowIsConstant = Invariant(
        id: .msi(72), name: "window-is-constant",
        statement:
            "The reserved window is the generation's constant, in reserved_regions and in the IOVA ranges.",
        generations: .softwareWindow, needs: [.calls, .reservedRegions],
        reason: "MSI_IOVA_BASE and MSI_IOVA_LENGTH, arm-smmu-v3.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(72))
        judged.compareRegions(&seen)
        judged.compareRanges(&seen)
        return seen
    }
}

extension JudgedCase {
    fileprivate func compareRegions(_ seen: inout Observations) {
        for (device, lines) in (expectation.reservedRegions ?? [:]).sorted(by: { $0.key < $1.key })
        {
            guard let regions = groups.regions(of: device) else {
                seen.cannotSee("reserved_regions of \(device) were not read")
                continue
            }
            seen.check(
                regions.map(\.line.text) == lines, "reserved_regions of \(device)",
                expected: lines.joined(separator: ", "),
                observed: regions.map(\.line.text).joined(separator: ", "),
                lines: regions.map(\.line))
        }
    }

    fileprivate func compareRanges(_ seen: inout Observations) {
        for step in steps {
            guard let expected = step.expected.iovaRanges, step.record.succeeded else { continue }
            guard let ranges = step.record.iovaRanges else {
                seen.cannotSee("no IOVA ranges were read after \(step.record.subject)")
                continue
            }
            seen.check(
                ranges == expected, step.record.subject, expected: "IOVA ranges \(expected)",
                observed: "\(ranges)", lines: [step.record.line("IOVA ranges \(ranges)")])
        }
    }
}
