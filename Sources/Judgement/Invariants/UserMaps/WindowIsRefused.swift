// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let windowIsRefused = Invariant(
        id: .msi(22), name: "window-is-refused",
        statement: "A user map that touches the doorbells' window is refused and maps nothing.",
        generations: .guardedWindow, needs: [.calls, .trace],
        reason: "vfio_iommu_iova_dma_valid, drivers/vfio/vfio_iommu_type1.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(22))
        guard let window = judged.expectation.window?.range else { return seen }
        for step in judged.steps {
            guard let range = step.mapRange(judged.board.pageSize), range.overlaps(window),
                case .refused(_, let errno) = step.expected.outcome
            else { continue }
            guard seen.wasDone(step) else { continue }
            let maps = judged.maps(during: step.position)
            let failure = step.record.firstFailure
            seen.check(
                failure?.errno == errno && maps.isEmpty, step.record.subject,
                expected: "\(errno) and no map",
                observed: "\(failure?.errno ?? .none) and \(maps.count) maps",
                lines: step.record.callLines + maps.map(\.line))
        }
        return seen
    }
}
