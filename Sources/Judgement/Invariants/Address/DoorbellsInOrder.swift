// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let doorbellsInOrder = Invariant(
        id: .msi(5), name: "doorbells-in-order",
        statement:
            "In order of first use, each further doorbell page is one page above the one before.",
        generations: .softwareWindow, needs: [.trace],
        reason: "iommu_dma_alloc_iova's cookie->msi_iova, drivers/iommu/dma-iommu.c, 6.1",
        coverage: .simulatedBoard
    ) { judged in
        var seen = Observations(.msi(5))
        guard let base = judged.expectation.window?.base else { return seen }
        for (owner, maps) in judged.doorbellMapsByTable {
            var places: [PhysicalAddress: Int] = [:]
            for event in maps {
                guard let map = event.map else { continue }
                let place = places[map.paddr] ?? places.count
                places[map.paddr] = place
                let distance = UInt64(place) * judged.board.pageSize.bytes.rawValue
                // The first is a matter of its own.
                guard place > 0, let right = base.advanced(by: .bytes(distance)) else { continue }
                seen.check(
                    map.range.first == right, "doorbell \(place + 1) in \(owner)",
                    expected: "\(right)", observed: "\(map.range.first)",
                    lines: [maps[0].line, event.line])
            }
        }
        judged.noteMissingSecondDoorbell(&seen)
        return seen
    }
}

extension JudgedCase {
    /// Devices that ring two doorbells were armed in one domain, and one map is in the trace.
    func noteMissingSecondDoorbell(_ seen: inout Observations) {
        for (domain, armings) in armingsByDomain {
            let pages = Set(armings.flatMap(\.expected.messages).compactMap(\.page))
            if pages.count > 1, doorbellMaps(in: domain).count < 2 {
                seen.cannotSee("no second doorbell map was traced in \(domain)")
            }
        }
    }
}
