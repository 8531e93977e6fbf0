// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import ReferenceModel
import Vocabulary

extension Invariant {
    static let onlyServingDoorbell = Invariant(
        id: .msi(19), name: "only-serving-doorbell",
        statement:
            "Arming maps the page of the doorbell that serves the device, and no other page.",
        generations: .translated, needs: [.trace],
        reason: "a map of any other page opens foreign registers to a device's writes"
    ) { judged in
        var seen = Observations(.msi(19))
        var hasMap = false
        for step in judged.steps {
            let pages = step.expected.servingPages
            for event in judged.armingMaps(during: step.position) {
                guard let map = event.map else { continue }
                hasMap = true
                guard !pages.isEmpty else {
                    seen.cannotSee(
                        "whose doorbell the map at \(map.range.first) is, is not known")
                    continue
                }
                seen.check(
                    pages.contains(map.paddr),
                    "the map at \(map.range.first) in \(step.record.subject)",
                    expected: "page "
                        + pages.sorted().map(\.description).joined(separator: " or "),
                    observed: "page \(map.paddr)", lines: [event.line])
            }
        }
        if !hasMap, !judged.armings.isEmpty { seen.cannotSee("no map was traced while arming") }
        return seen
    }
}

extension StepExpectation {
    /// The pages that the step may map for doorbells.
    fileprivate var servingPages: Set<PhysicalAddress> {
        Set(messages.flatMap(\.pages) + doorbellMaps.flatMap { $0.all.map(\.page) })
    }
}
