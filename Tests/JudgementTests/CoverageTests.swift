// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Judgement
import ReferenceModel
import Testing

/// The documentation says what the catalogue says.
@Suite struct CoverageTests {
    @Test func theCommittedTableIsTheGeneratedOne() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = root.appending(
            components: "Sources", "Judgement", "Judgement.docc", "Coverage.md")
        let committed = try String(contentsOf: page, encoding: .utf8)
        #expect(
            committed == CoverageTable.markdown,
            "write it anew: ./doorbell list invariants --coverage > \(page.lastPathComponent)")
    }

    @Test func everyInvariantCanBeObservedSomewhere() {
        for invariant in InvariantCatalogue.all {
            let places = Generation.allCases.compactMap { invariant.coverage(in: $0) }
            #expect(places.count == invariant.generations.count && !places.isEmpty)
        }
    }
}
