// SPDX-License-Identifier: GPL-3.0-or-later

import DoorbellCommand
import Testing

/// A measured number, and whether it keeps its limit.
@Suite struct BenchFigureTests {
    private func figure(
        _ ours: Double, beside peer: Double?, _ rule: BenchFigure.Rule
    ) -> BenchFigure {
        BenchFigure(
            name: "a", unit: "s", ours: ours, peer: peer, peerName: "the other", rule: rule)
    }

    @Test func aRatioIsOursOverThePeers() {
        let kept = figure(6, beside: 5, .ratio(atMost: 1.2))
        #expect(kept.value == 1.2 && kept.limit == 1.2 && kept.isWithin)
        #expect(!figure(6.1, beside: 5, .ratio(atMost: 1.2)).isWithin)
    }

    @Test func aRatioThatMustNotBeSmallerIsHeldTheOtherWayRound() {
        #expect(figure(96, beside: 100, .ratioAtLeast(0.95)).isWithin)
        #expect(!figure(94, beside: 100, .ratioAtLeast(0.95)).isWithin)
    }

    @Test func aDifferenceIsInTheFiguresUnit() {
        #expect(figure(8, beside: 6.5, .difference(atMost: 1.5)).isWithin)
        let beyond = figure(8.5, beside: 6.5, .difference(atMost: 1.5))
        #expect(beyond.value == 2 && !beyond.isWithin)
        #expect(figure(6, beside: 6.5, .difference(atMost: 1.5)).isWithin, "faster is allowed")
    }

    @Test func anAmountNeedsNoPeer() {
        #expect(figure(79, beside: nil, .amount(atMost: 80)).isWithin)
        #expect(!figure(81, beside: nil, .amount(atMost: 80)).isWithin)
    }

    @Test(arguments: [
        BenchFigure.Rule.ratio(atMost: 1), .ratioAtLeast(0), .difference(atMost: 1),
    ])
    func withoutAPeerNoComparisonIsKept(rule: BenchFigure.Rule) {
        #expect(!figure(0, beside: nil, rule).isWithin)
    }

    @Test func nothingOverNothingIsNotKept() {
        #expect(!figure(0, beside: 0, .ratio(atMost: 1)).isWithin)
        #expect(!figure(0, beside: 0, .ratioAtLeast(0)).isWithin)
    }
}
