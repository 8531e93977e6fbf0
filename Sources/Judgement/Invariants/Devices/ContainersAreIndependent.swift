// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let containersAreIndependent = Invariant(
        id: .msi(35), name: "containers-are-independent",
        statement:
            "Devices of two containers that ring one doorbell have a map of it in each one's domain, at the same IOVA.",
        generations: .softwareWindow, needs: [.trace],
        reason:
            "one cookie for each domain, dma-iommu.c, 6.1; one table for each file descriptor, iommufd_sw_msi_get_map, 6.15"
    ) { judged in
        var seen = Observations(.msi(35))
        var first: [PhysicalAddress: (domain: DomainLife, map: AttributedEvent)] = [:]
        for (domain, armings) in judged.armingsByDomain {
            let pages = Set(armings.flatMap(\.expected.messages).compactMap(\.page)).sorted()
            for page in pages {
                let maps = judged.doorbellMaps(in: domain).filter { $0.map?.paddr == page }
                guard let other = first[page], other.domain.owner != domain.owner else {
                    if first[page] == nil, let map = maps.first { first[page] = (domain, map) }
                    continue
                }
                guard judged.trace != nil else { continue }
                // Where the pages came in another order, they lie in another one too.
                let isAlone =
                    pages.count == 1 && judged.rings(page, alone: other.domain)
                    && judged.areAloneOnTheirFiles(domain, other.domain)
                let (old, new) = (other.map.map?.range.first, maps.first?.map?.range.first)
                seen.check(
                    maps.count == 1 && (!isAlone || old == new),
                    "page \(page) in \(domain)",
                    expected: "one map, at \(old.map { "\($0)" } ?? "an IOVA")",
                    observed: "\(maps.count) maps, at \(new.map { "\($0)" } ?? "none")",
                    lines: [other.map.line] + maps.map(\.line) + armings[0].record.callLines)
            }
        }
        if Set(judged.armingsByDomain.map(\.domain.owner)).count > 1 {
            judged.noteMissingDoorbells(&seen)
        }
        return seen
    }
}

extension JudgedCase {
    /// Whether no third domain shares a file descriptor's table with one of two.
    fileprivate func areAloneOnTheirFiles(_ one: DomainLife, _ other: DomainLife) -> Bool {
        guard expectation.generation == .iommufdTable else { return true }
        let files = [one, other].map { history.descriptors[$0] }
        return files[0] == files[1]
            || armingsByDomain.allSatisfy { domain, _ in
                domain == one || domain == other || !files.contains(history.descriptors[domain])
            }
    }

    /// Whether a page is the only doorbell that a domain maps.
    fileprivate func rings(_ page: PhysicalAddress, alone domain: DomainLife) -> Bool {
        doorbellMaps(in: domain).allSatisfy { $0.map?.paddr == page }
    }
}
