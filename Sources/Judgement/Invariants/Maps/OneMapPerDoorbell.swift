// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let oneMapPerDoorbell = Invariant(
        id: .msi(14), name: "one-map-per-doorbell",
        statement:
            "In a domain's life each doorbell page is mapped once, however many vectors and devices use it.",
        generations: .lasting, needs: [.trace],
        reason: "msi_page_list is searched first, iommu_dma_get_msi_page, dma-iommu.c, 6.1"
    ) { judged in
        var seen = Observations(.msi(14))
        let (expected, observed) = judged.doorbellCounts
        for (domain, armings) in judged.armingsByDomain {
            let maps = observed[domain] ?? []
            let pages = Set(maps.compactMap(\.map?.paddr)).count
            if armings.contains(where: \.isOpen) {
                seen.check(
                    maps.count == pages, "\(domain)", expected: "one map for each doorbell",
                    observed: "\(maps.count) maps of \(pages) doorbells", basis: Basis.law,
                    lines: maps.map(\.line))
                continue
            }
            guard let count = expected[domain] else {
                seen.cannotSee("how many doorbells \(domain) maps is not known")
                continue
            }
            seen.check(
                maps.count == count, "\(domain)", expected: "\(count) doorbell maps",
                observed: "\(maps.count)", lines: maps.map(\.line))
        }
        return seen
    }
}

extension JudgedStep {
    /// Whether some vector that it armed may ring one of several doorbells.
    fileprivate var isOpen: Bool { expected.messages.contains { $0.map?.exact == nil } }
}

extension JudgedCase {
    /// How many maps each domain must get in its life, and those that it got.
    ///
    /// Nothing is expected of a domain in which a step did not end as it had to.
    fileprivate var doorbellCounts:
        (expected: [DomainLife: Int], observed: [DomainLife: [AttributedEvent]])
    {
        var expected: [DomainLife: Int] = [:]
        var unsure: Set<DomainLife> = []
        var observed: [DomainLife: [AttributedEvent]] = [:]
        for step in steps {
            for event in armingMaps(during: step.position) {
                if let domain = event.domain { observed[domain, default: []].append(event) }
            }
            guard let domain = deviceDomain(at: step.position) else { continue }
            expected[domain, default: 0] += step.expected.doorbellMaps.count
            let isKnown = step.expected.outcome.matches(step.record.firstFailure) == true
            if step.armedDevice != nil, !isKnown { unsure.insert(domain) }
        }
        return (expected.filter { !unsure.contains($0.key) }, observed)
    }
}
