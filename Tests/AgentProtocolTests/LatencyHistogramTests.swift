// SPDX-License-Identifier: GPL-3.0-or-later

import AgentProtocol
import Testing

/// Latencies are summed up in bounded memory, near enough.
@Suite struct LatencyHistogramTests {
    @Test func nothingRecordedIsAllZero() {
        let histogram = LatencyHistogram()
        #expect(histogram.percentile(50) == .zero && histogram.longest == .zero)
    }

    @Test func aSingleLatencyIsExactEverywhere() {
        var histogram = LatencyHistogram()
        histogram.record(Nanoseconds(rawValue: 123_457))
        for percent: UInt32 in [0, 50, 99, 100] {
            #expect(histogram.percentile(percent) == Nanoseconds(rawValue: 123_457))
        }
    }

    @Test func theEndsOfTheRangeHaveAPlace() {
        var histogram = LatencyHistogram()
        histogram.record(.zero)
        histogram.record(Nanoseconds(rawValue: .max))
        #expect(histogram.shortest == .zero)
        #expect(histogram.longest == Nanoseconds(rawValue: .max))
    }

    @Test func percentilesAreWithinAThirtySecondOfSortingThem() {
        var random = SeededGenerator(seed: seed)
        var histogram = LatencyHistogram()
        let values = (0..<5000).map { _ in random.next() >> (random.next() % 50 + 10) }
        for value in values { histogram.record(Nanoseconds(rawValue: value)) }
        let sorted = values.sorted()
        for percent in [1, 25, 50, 90, 99] {
            let exact = Double(sorted[(5000 * percent + 99) / 100 - 1])
            let estimate = Double(histogram.percentile(UInt32(percent)).rawValue)
            #expect(abs(estimate - exact) <= exact / 31 + 1, "seed \(seed), \(percent) %")
        }
    }
}
