// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let rangesLeaveReserved = Invariant(
        id: .msi(29), name: "ranges-leave-reserved",
        statement:
            "A container's IOVA ranges are the aperture without what its groups' reserved_regions list.",
        generations: .guardedWindow,
        needs: [.calls, .reservedRegions],
        reason: "vfio_iommu_resv_exclude, drivers/vfio/vfio_iommu_type1.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(29))
        for step in judged.steps where step.expected.iovaRanges != nil && step.record.succeeded {
            guard let ranges = step.record.iovaRanges else {
                seen.cannotSee("no IOVA ranges were read after \(step.record.subject)")
                continue
            }
            guard let regions = judged.regions(withGroupsOf: step) else {
                seen.cannotSee("no reserved_regions were read for \(step.record.subject)")
                continue
            }
            let kept = regions.filter { $0.kind != .directRelaxable }
            // Ranges and regions together must fill the aperture, and must not meet.
            let whole = (ranges + kept.map(\.range)).coalesced == [judged.board.aperture]
            let apart = !ranges.contains { range in kept.contains { range.overlaps($0.range) } }
            seen.check(
                whole && apart, step.record.subject,
                expected: "\(judged.board.aperture) without \(kept.map(\.range))",
                observed: "\(ranges)",
                lines: [step.record.line("IOVA ranges \(ranges)")] + kept.map(\.line))
        }
        return seen
    }
}

extension JudgedCase {
    /// The reserved regions of all devices that are in a step's container once it has ended.
    fileprivate func regions(withGroupsOf step: JudgedStep) -> [ReservedRegion]? {
        let inside = history.moments[step.position].places.filter { _, domain in
            step.container(history).map { domain.owner == .container($0) } ?? true
        }
        let devices = inside.keys.compactMap(address)
        let read = devices.compactMap(groups.regions)
        return read.isEmpty ? nil : Array(Set(read.flatMap(\.self)))
    }
}

extension JudgedStep {
    fileprivate func container(_ history: AttachmentHistory) -> ContainerName? {
        if let container = record.step.container { return container }
        guard case .container(let name) = history.moments[position].deviceDomain?.owner else {
            return nil
        }
        return name
    }
}
