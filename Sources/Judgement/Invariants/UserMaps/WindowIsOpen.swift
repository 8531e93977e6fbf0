// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let windowIsOpen = Invariant(
        id: .msi(23), name: "window-is-open",
        statement:
            "Before 5.4 a user map in the window succeeds where no doorbell is yet, and ends with EEXIST where one is.",
        generations: [.fixedWindow], needs: [.calls, .trace],
        reason:
            "vfio_dma_do_map checks no reserved region, vfio_iommu_type1.c, 5.3; arm_lpae_init_pte, io-pgtable-arm.c, 5.3"
    ) { judged in
        var seen = Observations(.msi(23))
        guard let window = judged.expectation.window?.range else { return seen }
        for step in judged.steps {
            guard let range = step.mapRange(judged.board.pageSize), range.overlaps(window),
                let matches = step.expected.outcome.matches(step.record.firstFailure),
                seen.wasDone(step)
            else { continue }
            let mapped = judged.netMaps(during: step.position).coalesced
            let right = step.record.succeeded ? step.expected.userMaps.coalesced : []
            seen.check(
                matches && mapped == right, step.record.subject,
                expected: "\(step.expected.outcome) and maps of \(right)",
                observed: "\(step.record.firstFailure?.errno ?? .none) and maps of \(mapped)",
                lines: step.record.callLines + judged.maps(during: step.position).map(\.line))
        }
        return seen
    }
}

extension JudgedCase {
    /// What a step mapped and did not take out again.
    func netMaps(during step: Int) -> [IOVARange] {
        var live = LiveRanges()
        for (index, event) in (trace?.during(step) ?? []).enumerated() {
            if let map = event.map { live.add(map.range, index) }
            if let gone = event.removed { live.remove(gone) }
        }
        return live.entries.map(\.range)
    }
}
