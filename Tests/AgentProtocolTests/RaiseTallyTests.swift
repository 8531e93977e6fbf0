// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Testing

@Suite("Every raise is in one of three accounts")
struct RaiseTallyTests {
    @Test(
        "What came of one burst",
        arguments: [
            // burst, before, behind: arrived, merged, lost, spurious
            ([1, 0, 1], [1, 0, 0, 0]), ([1, 0, 0], [0, 0, 1, 0]), ([1, 0, 2], [1, 0, 0, 1]),
            ([8, 0, 8], [8, 0, 0, 0]), ([8, 7, 1], [8, 0, 0, 0]), ([8, 0, 1], [1, 7, 0, 0]),
            ([8, 3, 1], [4, 4, 0, 0]), ([8, 0, 0], [0, 0, 8, 0]),
            // The last raise went unanswered, whatever came before it.
            ([8, 3, 0], [3, 4, 1, 0]), ([8, 7, 0], [7, 0, 1, 0]), ([8, 9, 0], [7, 0, 1, 2]),
            ([8, 9, 1], [8, 0, 0, 2]),
        ] as [([UInt64], [UInt64])])
    func burst(_ burst: [UInt64], _ accounts: [UInt64]) {
        var tally = RaiseTally()
        tally.enter(burst: burst[0], before: burst[1], behind: burst[2])
        #expect([tally.arrived, tally.merged, tally.lost, tally.spurious] == accounts)
        #expect(tally.raised == burst[0])
    }

    @Test("A late signal belongs to a raise that seemed merged, and to nobody where none is")
    func late() {
        var tally = RaiseTally()
        tally.enter(burst: 4, before: 0, behind: 2)
        tally.enter(late: 1)
        #expect(tally.arrived == 3 && tally.merged == 1 && tally.spurious == 0)
        tally.enter(late: 3)
        #expect(tally.arrived == 4 && tally.merged == 0 && tally.spurious == 2)
    }

    @Test("The sum is whole, whatever comes")
    func sum() {
        var generator = SeededGenerator(seed: seed)
        var tally = RaiseTally()
        for _ in 0..<1000 {
            tally.enter(
                burst: .random(in: 1...9, using: &generator),
                before: .random(in: 0...9, using: &generator),
                behind: .random(in: 0...9, using: &generator))
            #expect(tally.raised == tally.arrived + tally.merged + tally.lost, "seed \(seed)")
        }
    }
}
