// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let tableIsFull = Invariant(
        id: .msi(53), name: "table-is-full",
        statement:
            "A file descriptor of iommufd holds 64 doorbells; the next one ends with EOVERFLOW.",
        generations: [.iommufdTable], needs: [.calls, .trace],
        reason: "iommufd_sw_msi_get_map, drivers/iommu/iommufd/driver.c, 6.15",
        coverage: .simulatedBoard
    ) { judged in
        var seen = Observations(.msi(53))
        for step in judged.steps {
            guard case .refused(_, .overflow) = step.expected.outcome, step.armedDevice != nil,
                seen.wasDone(step)
            else { continue }
            let maps = judged.armingMaps(during: step.position)
            let errno = step.record.firstFailure?.errno ?? .none
            seen.check(
                errno == .overflow && maps.isEmpty, step.record.subject,
                expected: "EOVERFLOW and no map", observed: "\(errno) and \(maps.count) maps",
                lines: step.record.callLines + maps.map(\.line))
        }
        return seen
    }
}
