// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let noFixedHole = Invariant(
        id: .msi(25), name: "no-fixed-hole",
        statement:
            "In a mixed domain every user map succeeds that meets no live map, also where later kernels have their window.",
        generations: [.mixed], needs: [.calls],
        reason: "iommu_dma_map_mixed reserves what the user maps, RFC of September 2016, patch 5"
    ) { judged in
        var seen = Observations(.msi(25))
        guard let window = SoftwareWindow.mainline.range else { return seen }
        for step in judged.steps {
            guard let range = step.mapRange(judged.board.pageSize), range.overlaps(window),
                step.expected.outcome == .succeeds, seen.wasDone(step)
            else { continue }
            seen.check(
                step.record.succeeded, step.record.subject, expected: "success",
                observed: "\(step.record.firstFailure?.errno ?? .none)",
                lines: step.record.callLines)
        }
        return seen
    }
}
