// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let neighboursAreMappable = Invariant(
        id: .msi(31), name: "neighbours-are-mappable",
        statement: "User maps that end right before the window or begin right behind it succeed.",
        generations: .guardedWindow, needs: [.calls],
        reason: "vfio_iommu_resv_exclude cuts out exactly the region, vfio_iommu_type1.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(31))
        guard let window = judged.expectation.window?.range else { return seen }
        for step in judged.steps {
            guard let range = step.mapRange(judged.board.pageSize),
                step.expected.outcome == .succeeds,
                range.isFollowed(by: window) || window.isFollowed(by: range)
            else { continue }
            guard seen.wasDone(step) else { continue }
            seen.check(
                step.record.succeeded, step.record.subject, expected: "success",
                observed: "\(step.record.firstFailure?.errno ?? .none)",
                lines: step.record.callLines)
        }
        return seen
    }
}
