// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let groupTypeIsConstant = Invariant(
        id: .msi(49), name: "group-type-is-constant",
        statement: "The type of a group's default domain reads the same whoever has its devices.",
        generations: .all, needs: [.groupTypes],
        reason:
            "iommu_group_show_type shows default_domain, never VFIO's, drivers/iommu/iommu.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(49))
        for device in judged.evidence.record.devices.values.sorted() {
            let types = judged.groups.types[device] ?? []
            guard let first = types.first, types.count > 1 else {
                seen.cannotSee("the type of \(device)'s group was not read twice")
                continue
            }
            for type in types.dropFirst() {
                seen.check(
                    type == first, "the group of \(device)", expected: "type \(first.rawValue)",
                    observed: "type \(type.rawValue)", basis: Basis.law,
                    lines: judged.groups.typeLines(of: device))
            }
        }
        return seen
    }
}
