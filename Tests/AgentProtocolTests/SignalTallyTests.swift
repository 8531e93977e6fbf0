// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Testing

/// Signals are added up without a trap, and an overflow is never taken for a count.
@Suite struct SignalTallyTests {
    @Test func aMillionSignalsAreAccountedForToTheLast() {
        var tally = SignalTally()
        var counted: UInt64 = 0
        for _ in 0..<1_000_000 { counted += tally.add(1) }
        #expect(tally.total == 1_000_000 && counted == 1_000_000 && !tally.overflowed)
    }

    @Test func aFullEventfdCountsNothingAndSaysSo() {
        var tally = SignalTally()
        #expect(tally.add(5) == 5)
        #expect(tally.add(.max) == 0)
        #expect(tally.overflowed && tally.total == .max)
    }

    @Test func aSumBeyondSixtyFourBitsIsAnOverflowToo() {
        var tally = SignalTally()
        tally.add(.max - 1)
        tally.add(7)
        #expect(tally.overflowed && tally.total == .max)
    }
}
