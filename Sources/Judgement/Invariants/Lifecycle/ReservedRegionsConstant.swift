// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let reservedRegionsConstant = Invariant(
        id: .msi(69), name: "reserved-regions-constant",
        statement:
            "reserved_regions reads the same before, while and after devices are passed through.",
        generations: .softwareWindow, needs: [.reservedRegions],
        reason:
            "it lists what drivers report, not what is mapped: iommu_get_group_resv_regions, 6.1"
    ) { judged in
        var seen = Observations(.msi(69))
        for device in judged.evidence.record.devices.values.sorted() {
            let readings = judged.groups.reserved[device] ?? []
            guard let first = readings.first, readings.count > 1 else {
                seen.cannotSee("reserved_regions of \(device) were not read twice")
                continue
            }
            for reading in readings.dropFirst() {
                seen.check(
                    reading.map(\.line.text) == first.map(\.line.text),
                    "reserved_regions of \(device)",
                    expected: first.map(\.line.text).joined(separator: ", "),
                    observed: reading.map(\.line.text).joined(separator: ", "),
                    basis: Basis.law, lines: first.map(\.line) + reading.map(\.line))
            }
        }
        return seen
    }
}
