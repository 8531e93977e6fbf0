// SPDX-License-Identifier: GPL-3.0-or-later

import Judgement
import ReferenceModel
import Testing

/// The table of coverage says what the catalogue says; `ReachTests` hold the page to it.
@Suite struct CoverageTests {
    @Test func everyInvariantCanBeObservedSomewhere() {
        for invariant in InvariantCatalogue.all {
            let places = Generation.allCases.compactMap { invariant.coverage(in: $0) }
            #expect(places.count == invariant.generations.count && !places.isEmpty)
        }
    }
}
