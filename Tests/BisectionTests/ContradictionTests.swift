// SPDX-License-Identifier: GPL-3.0-or-later

import Bisection
import Testing

@Suite struct ContradictionTests {
    private func record(_ number: Int, _ observation: SearchRecord.Observation) -> SearchRecord {
        SearchRecord(InventedHistory.name(number), observation)
    }

    @Test func `a symptom that was repaired and came again has two culprits`() throws {
        let search = try Search(
            .line(100),
            records: [
                record(99, .bad), record(0, .good), record(30, .bad), record(60, .good),
            ])
        guard case .contradicted(let found)? = search.conclusion else {
            Issue.record("it ends with \(search.conclusion as Any)")
            return
        }
        #expect(found.unsteady == nil)
        #expect(found.ranges.map(\.good) == [0, 60].map(InventedHistory.name))
        #expect(found.ranges.map(\.bad) == [30, 99].map(InventedHistory.name))
        #expect(found.ranges.map(\.candidates) == [30, 39])
        #expect(search.next(free: 4) == [])
    }

    @Test func `two branches that are bad each have a culprit`() throws {
        let name = InventedHistory.name
        let graph = [
            ParentedRevision(name(0), parents: []),
            ParentedRevision(name(1), parents: [name(0)]),
            ParentedRevision(name(2), parents: [name(0)]),
            ParentedRevision(name(3), parents: [name(1), name(2)]),
        ]
        let history = try History(graph: graph, good: name(0), bad: name(3))
        let search = try Search(
            history,
            records: [
                record(3, .bad), record(0, .good), record(1, .bad), record(2, .bad),
            ])
        guard case .contradicted(let found)? = search.conclusion else {
            Issue.record("it ends with \(search.conclusion as Any)")
            return
        }
        #expect(Set(found.ranges.map(\.bad)) == Set([1, 2].map(name)))
    }

    @Test func `a revision that was seen both ways is named`() throws {
        let search = try Search(
            .line(10),
            records: [record(9, .bad), record(0, .good), record(5, .bad), record(5, .good)])
        guard case .contradicted(let found)? = search.conclusion else {
            Issue.record("it ends with \(search.conclusion as Any)")
            return
        }
        #expect(found.unsteady == InventedHistory.name(5))
    }
}
