// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Judgement
import Reports
import Testing
import Vocabulary

@Suite("The account of traffic, for a person")
struct TrafficTextTests {
    private func report(_ lanes: Int) throws -> RunReport {
        let sample = try Sample()
        let accounts = (0..<lanes).map { vector in
            var lane = LaneRecord(
                device: sample.edu, vector: VectorIndex(rawValue: UInt32(vector)), raised: 64,
                arrived: 60)
            lane.merged = 4
            lane.maskings = 2
            lane.overflowed = vector == 1
            lane.latency = LatencyRecord(median: 84_499, percentile99: 84_500, worst: 1_200_000)
            return lane
        }
        let now = BoardInstant(rawValue: 1)
        var account = TrafficRecord(lanes: accounts, moves: 7, began: now, ended: now)
        account.storm = StormRecord(rounds: 9, maps: 8, unmaps: 8, errno: .invalid, overlaps: 3)
        var report = try sample.report()
        report.cases = [report.cases[0]]
        report.cases[0].judgement = CaseJudgement(
            verdict: .agrees, results: [], keyFacts: [],
            traffic: [TrafficSighting(step: 6, account: account)])
        return report
    }

    @Test("Each vector has a line, an overflow hides its counts, and what was done stands below")
    func table() throws {
        let text = TextReport.render(try report(2), ink: .plain)
        #expect(
            text.contains(
                """
                board     traffic            device        vector  raised  arrived  merged  lost  spurious  p50    p99    max
                virt-v2m  one-vector step 6  0000:00:02.0       0      64       60       4     0         0  84 µs  85 µs  1200 µs
                virt-v2m  one-vector step 6  0000:00:02.0       1      64        ?       ?     ?         ?  84 µs  85 µs  1200 µs
                    virt-v2m one-vector step 6: 7 moves to another processor, 4 raises under a mask, a storm of 9 maps, of which 8 succeeded, with 3 armings in it, an eventfd overflowed

                """), "\(text)")
    }

    @Test("Of many vectors the first are shown, and the number of the others")
    func many() throws {
        let text = TextReport.render(try report(20), ink: .plain)
        #expect(text.split(separator: "\n").count { $0.contains("0000:00:02.0 ") } == 8)
        #expect(text.contains("12 more vectors rang"))
    }
}
