// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Testing
import Vocabulary

/// A trace says itself that something is wrong with it, in whatever way it was damaged.
@Suite struct TraceDamageTests {
    /// A whole trace of these lines.
    private func trace(_ lines: [String], entries: Int? = nil) -> RawText {
        let count = entries ?? lines.count
        let all = ["# tracer: nop", "# entries-in-buffer/entries-written: \(count)/\(count) #P:2"]
        let text = (all + lines).map { $0 + "\n" }.joined()
        return RawText(source: .trace, file: "trace.txt", text: text)
    }

    private func map(_ time: String, page: Int = 1, process: Int = 7) -> String {
        "c-\(process) [001] ..... \(time): map: IOMMU: iova=0x\(page)000 paddr=0x5000 size=4096"
    }

    @Test func aWholeTraceHasNoDamage() {
        let parsed = TraceText.parse(trace([map("1.000001"), map("1.000001", page: 2)]))
        #expect(parsed.damage == [] && parsed.values.count == 2)
    }

    @Test func aClockThatGoesBackNamesItsLine() throws {
        let lines = [map("1.000002"), map("1.000001", page: 2), map("1.000003", page: 3)]
        let parsed = TraceText.parse(trace(lines))
        let damage = try #require(parsed.damage.first)
        #expect(parsed.damage.count == 1 && parsed.values.count == 3)
        #expect(damage.what == .outOfOrder && damage.kind == .bench)
        #expect(damage.line == RawLine(file: "trace.txt", number: 4, text: lines[1]))
        #expect(damage.description.contains("no time before the line above's"))
    }

    @Test func halfALineAtTheEndIsNotRead() {
        var text = trace([map("1.000001")])
        text.text.removeLast()
        let parsed = TraceText.parse(text)
        #expect(parsed.values == [])
        #expect(parsed.damage.map(\.what) == [.incomplete, .incomplete])
    }

    @Test(arguments: [0, 1, 3]) func otherThanThePromisedEntriesAreDamage(_ entries: Int) {
        let parsed = TraceText.parse(
            trace([map("1.000001"), map("1.000002", page: 2)], entries: entries))
        #expect(parsed.damage.map(\.what) == [.incomplete])
        #expect(parsed.damage.first?.line.number == 2)
    }

    @Test(arguments: ["", "# tracer: nop\n"]) func aTraceWithoutItsHeaderIsDamaged(_ text: String) {
        let parsed = TraceText.parse(RawText(source: .trace, file: "t", text: text))
        #expect(parsed.damage.map(\.what) == [.incomplete])
    }

    @Test func linesThatRanIntoEachOtherAreDamage() {
        let (first, second) = (map("1.000001"), map("1.000002", page: 2))
        for cut in 0...first.utf8.count {
            let mixed = String(first.prefix(cut)) + second
            // With nothing before it, the second line is whole; but one is missing.
            let parsed = TraceText.parse(trace([mixed], entries: 2))
            #expect(!parsed.damage.isEmpty, "\(mixed)")
            let wrong = parsed.values.filter { $0.event.range?.first.rawValue != 0x2000 }
            #expect(wrong.isEmpty, "\(mixed)")
        }
    }

    @Test(arguments: [
        "CPU:0 [LOST 12 EVENTS]", "CPU:1 [LOST EVENTS]", "CPU:1 [EVENTS DROPPED]",
    ])
    func lossInTheMiddleIsToldOnce(_ loss: String) {
        let parsed = TraceText.parse(trace([map("1.000001"), loss, map("1.000002", page: 2)]))
        #expect(parsed.damage.map(\.what) == [.lost])
        #expect(parsed.values.count == 2)
    }

    @Test func mapsOfOthersAreReadAndNotKept() {
        let lines = [
            map("1.000001", process: 9), map("1.000002"),
            "kworker/0:1-9 [000] ..... 1.000003: attach_device_to_domain: IOMMU: device=0000:00:02.0",
        ]
        let parsed = TraceText.parse(trace(lines), of: [7])
        #expect(parsed.damage == [])
        #expect(parsed.values.map(\.process) == [7, 9])
        let damaged = TraceText.parse(trace([lines[0] + " c-7", lines[1]]), of: [7])
        #expect(damaged.damage.first?.what == .unparsable)
    }

    @Test func noiseIsPassedOverInAMillionLines() {
        let noise = map("1.000001", process: 9) + "\n"
        let count = 1_000_000
        var text = trace([], entries: count + 1)
        text.text += String(repeating: noise, count: count) + map("1.000002") + "\n"
        let parsed = TraceText.parse(text, of: [7])
        #expect(parsed.damage == [] && parsed.values.map(\.line.number) == [count + 3])
    }

    @Test func theCountersOfEachCPUCountAlone() {
        let text = """
            cpu0:
            entries: 0
            overrun: 0
            commit overrun: 18446744073709551615
            cpu1:
            overrun: 18446744073709551616
            dropped events: 1

            """
        let parsed = TraceStatistics.parse(
            RawText(source: .traceStatistics, file: "stats", text: text))
        #expect(parsed.damage.map(\.what) == [.lost, .unparsable, .lost])
        #expect(parsed.damage.map(\.line.number) == [4, 6, 7])
    }
}
