// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let doorbellNeverUnmapped = Invariant(
        id: .msi(16), name: "doorbell-never-unmapped",
        statement:
            "A doorbell's page goes silently with its domain; only the user's window of 2016 unmaps it, with its last user.",
        generations: .translated, needs: [.trace],
        reason:
            "iommu_put_dma_cookie frees without iommu_unmap, drivers/iommu/dma-iommu.c, 6.1; iommu_msi_put_doorbell_iova, series v12"
    ) { judged in
        var seen = Observations(.msi(16))
        let lost = Dictionary(grouping: judged.lostDoorbells) { $0.unmap.step ?? -1 }
        for step in judged.steps {
            let gone = lost[step.position] ?? []
            let count = step.expected.doorbellUnmaps.count
            guard count > 0 || !gone.isEmpty else { continue }
            if step.record.calls.isEmpty {
                seen.cannotSee("no call of \(step.record.subject) was recorded")
                continue
            }
            let whole = gone.allSatisfy { $0.unmap.removed == $0.map.map?.range }
            // The user's window counts the users of each page: where vectors may ring one of several
            // doorbells, or where the model has lost its way, whose page has no user left is not
            // known.
            let isOpen =
                judged.expectation.generation == .userWindow
                && (judged.hasOpenVectors || step.expected.outcome.isUnknown)
            seen.check(
                (isOpen || gone.count == count) && whole, step.record.subject,
                expected: count == 0 ? "no unmap of a doorbell" : "\(count) whole unmaps",
                observed: "\(gone.count) unmaps",
                basis: step.expected.doorbellUnmaps.first?.basis ?? Basis.exact,
                lines: gone.flatMap { [$0.map.line, $0.unmap.line] })
        }
        if seen.findings.isEmpty { judged.passedDoorbellMaps.forEach { _ in seen.hold() } }
        judged.noteMissingDoorbells(&seen)
        return seen
    }
}

extension JudgedCase {
    /// Whether some vector of the case may ring one of several doorbells.
    fileprivate var hasOpenVectors: Bool {
        armings.contains { step in
            step.armedDevice.flatMap(address).map { board.doorbell(of: $0) == nil } ?? true
        }
    }
}
