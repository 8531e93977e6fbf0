// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let mapOpensNoMore = Invariant(
        id: .msi(55), name: "map-opens-no-more",
        statement:
            "A doorbell's map opens no register but those that its granule cannot leave out, and each of these is named.",
        generations: .translated, needs: [.trace, .memory],
        reason:
            "a 4 KiB GICv2m frame has neighbours in a granule of 64 KiB; cookie_msi_granule, drivers/iommu/dma-iommu.c, 6.1",
        coverage: .simulatedBoard
    ) { judged in
        var seen = Observations(.msi(55))
        let largest = judged.doorbellSizes.max() ?? judged.board.pageSize.bytes
        var told: Set<PhysicalRange> = []
        for event in judged.passedDoorbellMaps {
            guard let mapped = event.physicalRange, let own = judged.doorbell(under: event, mapped)
            else { continue }
            guard let memory = judged.memory else {
                seen.cannotSee("/proc/iomem was not read, which names what lies beside \(own.base)")
                continue
            }
            let size = mapped.last.rawValue - mapped.first.rawValue
            seen.check(
                size < largest.rawValue, "the doorbell map of \(mapped)",
                expected: "no more than \(largest)", observed: "\(mapped)", lines: [event.line])
            guard let exposure = judged.exposure(of: own, mapped), told.insert(mapped).inserted
            else { continue }
            let neighbours = exposure.neighbours(
                memory: memory, doorbells: judged.board.doorbells.filter { $0 != own })
            seen.remark(
                .exposure, "the map of the \(own.kind.name) at \(own.base)",
                expected: "a granule of \(largest): \(mapped)",
                observed: "it opens "
                    + neighbours.map(\.description).joined(separator: ", ") + " too",
                lines: [event.line] + neighbours.flatMap(\.lines))
        }
        judged.noteMissingDoorbells(&seen)
        return seen
    }
}

extension AttributedEvent {
    /// The physical addresses that a map event opens.
    fileprivate var physicalRange: PhysicalRange? {
        map.flatMap { map in
            map.paddr.advanced(by: .bytes(map.range.last.rawValue - map.range.first.rawValue))
                .flatMap { PhysicalRange(first: map.paddr, last: $0) }
        }
    }
}

extension JudgedCase {
    /// The doorbell that a map is made for: the device's own, where several lie in it.
    fileprivate func doorbell(under event: AttributedEvent, _ mapped: PhysicalRange) -> Doorbell? {
        let device = event.step.flatMap { steps[$0].record.step.device }.flatMap(address)
        let own = device.flatMap { board.controller(of: $0)?.doorbells } ?? []
        return (own + board.doorbells).first { $0.ownRange?.intersection(mapped) != nil }
    }

    fileprivate func exposure(of doorbell: Doorbell, _ mapped: PhysicalRange) -> Exposure? {
        let foreign = doorbell.ownRange.map(mapped.subtracting) ?? []
        return Exposure(doorbell: doorbell, mapped: mapped, foreign: foreign)
    }
}
