// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let firstDoorbellAtBase = Invariant(
        id: .msi(4), name: "first-doorbell-at-base",
        statement: "The first doorbell of a fresh domain is mapped at exactly the window's base.",
        generations: .softwareWindow, needs: [.trace],
        reason: "MSI_IOVA_BASE, drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(4))
        guard let base = judged.expectation.window?.base else { return seen }
        for (owner, maps) in judged.doorbellMapsByTable {
            guard let first = maps.first, let map = first.map else { continue }
            let messages = judged.messages.read(after: first.step ?? .max).filter {
                $0.domain == first.domain
            }
            seen.check(
                map.range.first == base, owner, expected: "the first doorbell at \(base)",
                observed: "it at \(map.range.first)",
                lines: [first.line] + messages.flatMap(\.lines))
        }
        judged.noteMissingDoorbells(&seen)
        return seen
    }
}

extension JudgedCase {
    /// The doorbell maps that one allocator placed: a domain's, or with iommufd's table those of
    /// all domains of a file descriptor (`struct iommufd_sw_msi_maps`, 6.15).
    var doorbellMapsByTable: [(owner: String, maps: [AttributedEvent])] {
        guard expectation.generation == .iommufdTable else {
            return domains.map { ("\($0)", doorbellMaps(in: $0)) }
        }
        let known = passedDoorbellMaps.compactMap { event in
            event.domain.flatMap { history.descriptors[$0] }.map { (descriptor: $0, event: event) }
        }
        return Dictionary(grouping: known, by: \.descriptor).sorted { $0.key < $1.key }.map {
            ("the file descriptor of step \($0.key)", $0.value.map(\.event))
        }
    }

    /// Vectors were armed, and no map of a doorbell is in the trace.
    func noteMissingDoorbells(_ seen: inout Observations) {
        if passedDoorbellMaps.isEmpty, !armings.isEmpty {
            seen.cannotSee("no map of a doorbell was traced")
        }
    }
}
