// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Testing
import Vocabulary

@Suite struct TraceTextTests {
    private func record(_ text: String) throws -> TraceRecord? {
        try TraceText.record(RawLine(file: "trace", number: 1, text: text))
    }

    @Test(arguments: RecordedBoard.allCases)
    func everyLineOfARecordedTraceIsUnderstood(_ board: RecordedBoard) throws {
        let text = try board.text(.trace, "smoke-trace.txt")
        let parsed = TraceText.parse(text)
        let events = text.lines.filter { !$0.text.hasPrefix("#") && !$0.text.isEmpty }
        #expect(parsed.damage == [])
        #expect(parsed.values.map(\.line) == events)
        let others = parsed.values.filter { if case .other = $0.event { true } else { false } }
        #expect(others == [])
    }

    @Test func aMapEventIsReadWhole() throws {
        let line =
            "             cap-192     [001] .....     4.609941: map: IOMMU: iova=0x0000000008000000 - "
            + "0x0000000008001000 paddr=0x0000000008090000 size=4096"
        let seen = try #require(try record(line))
        #expect(seen.command == "cap" && seen.process == 192 && seen.cpu == 1)
        #expect(seen.time == BoardInstant(rawValue: 4_609_941_000))
        let range = IOVARange(first: IOVA(rawValue: 0x0800_0000), size: .kibibytes(4))
        #expect(seen.event.range == range)
        guard case .map(_, let paddr) = seen.event else {
            Issue.record("not a map event")
            return
        }
        #expect(paddr == PhysicalAddress(rawValue: 0x0809_0000))
    }

    @Test(arguments: [
        "c-1 [0] 1.000001: unmap: IOMMU: iova=0x1000 - 0x2000 size=4096 unmapped_size=4096",
        "c-1 [000] ..... 1.000001: unmap: IOMMU: iova=0x1000 size=4096 unmapped_size=4096",
        "c-1 [000] ..... 1.000001: unmap: iova=0x1000 (4096) size=0x1000 (4096) unmapped_size=0x1000 (4096)",
        "a b-c [007] x-1 (  99) [000] d..1. 1.000001000: unmap: IOMMU: iova=0x1000 size=4096 unmapped_size=4096",
    ])
    func eachFormOfUnmapMeansTheSame(_ text: String) throws {
        let range = try #require(IOVARange(first: IOVA(rawValue: 0x1000), size: .kibibytes(4)))
        let seen = try #require(try record(text))
        #expect(seen.event == .unmap(range, unmapped: .kibibytes(4)))
        #expect(seen.process == 1 && seen.time == BoardInstant(rawValue: 1_000_001_000))
    }

    @Test func theFieldsOptionOfNewerKernelsIsRead() throws {
        let parsed = TraceText.parse(try RecordedBoard.itsOn612.text(.trace, "fields-trace.txt"))
        // The recording was cut behind 18 of 90 entries.
        #expect(parsed.damage.map(\.what) == [.incomplete])
        #expect(parsed.values.count == 18)
        #expect(parsed.values.contains { $0.event.range?.last == IOVA(rawValue: 0x1fff) })
    }

    @Test func groupsAndFaultsAndStrangersAreKept() throws {
        let device = try #require(PCIAddress("0000:00:02.0"))
        let add = try record(
            "s-1 [0] 1.000001: add_device_to_group: IOMMU: groupID=4 device=0000:00:02.0")
        #expect(add?.event == .addToGroup(device: device, group: 4))
        let gone = try record(
            "s-1 [0] 1.000001: detach_device_from_domain: IOMMU: device=0000:00:02.0")
        #expect(gone?.event == .detach(device: device))
        let fault = try record(
            "s-1 [0] 1.000001: io_page_fault: IOMMU:arm-smmu 0000:00:02.0 iova=0x0000000000f00000 flags=0x0001"
        )
        #expect(
            fault?.event == .pageFault(device: "0000:00:02.0", iova: IOVA(rawValue: 0xf0_0000)))
        let other = try record("s-1 [0] 1.000001: tracing_mark_write: hello: world")
        #expect(other?.event == .other(name: "tracing_mark_write", text: "hello: world"))
    }

    @Test(arguments: [
        "CPU:0 [LOST 12 EVENTS]", "CPU:1 [EVENTS DROPPED]",
        "# entries-in-buffer/entries-written: 228/3286   #P:2",
    ])
    func lossIsDamage(_ text: String) {
        let parsed = TraceText.parse([RawLine(file: "trace", number: 7, text: text)])
        #expect(parsed.damage.map(\.what) == [.lost])
        #expect(parsed.damage.first?.line.number == 7)
    }

    @Test(arguments: [
        (
            "c-1 [0] 1.000001: map: IOMMU: iova=0xfffffffffffff000 paddr=0x0 size=8192",
            Damage.Kind.outOfRange
        ),
        ("c-1 [0] 1.000001: map: IOMMU: iova=0x1000 - 0x1fff paddr=0x0 size=4096", .outOfRange),
        ("c-1 [0] 1.000001: map: IOMMU: iova=0x1000 paddr=0x0 size=0", .outOfRange),
        ("c-1 [0] 1.000001: map: IOMMU: iova=0x10000000000000000 paddr=0x0 size=1", .outOfRange),
        (
            "c-1 [0] 1.000001: map: IOMMU: iova=0x0 paddr=0x0 size=18446744073709551616",
            .outOfRange
        ),
        ("c-1 [0] 1.000001: map: IOMMU: iova=1000 paddr=0x0 size=4096", .unparsable),
        ("309 1 9076404000 type: 1234", .unparsable),
        ("c-1 [0] 1.000001: map: IOMMU: iova=0x1000 size=4096", .unparsable),
        ("c-1 [0] 1.000001: attach_device_to_domain: IOMMU: device=02.0", .unparsable),
        ("c-99999999999 [0] 1.000001: map: IOMMU: iova=0x0 paddr=0x0 size=1", .unparsable),
        ("c-1 [0] 99999999999999.000001: map: IOMMU: iova=0x0 paddr=0x0 size=1", .unparsable),
        ("not a trace line", .unparsable),
    ])
    func whatCannotBeIsDamage(_ text: String, _ kind: Damage.Kind) {
        let parsed = TraceText.parse([RawLine(file: "trace", number: 1, text: text)])
        #expect(parsed.values == [])
        #expect(parsed.damage.map(\.what) == [kind])
    }

    @Test func aRangeMayEndAtTheTop() throws {
        let seen = try record(
            "c-1 [0] 1.000001: map: IOMMU: iova=0xfffffffffffff000 - 0x0 paddr=0x0 size=4096")
        #expect(seen?.event.range?.last == IOVA(rawValue: .max))
    }

    @Test(arguments: RecordedBoard.allCases)
    func theCountersTellOfOverwrittenEvents(_ board: RecordedBoard) throws {
        let calm = TraceStatistics.parse(try board.text(.traceStatistics, "stats.txt"))
        #expect(calm.damage == [])
        let text = RawText(source: .traceStatistics, file: "s", text: "overrun: 3\nbytes: 9\n")
        #expect(TraceStatistics.parse(text).damage.map(\.what) == [.lost])
    }

    @Test func aRecordedTraceThatWasOverwrittenSaysSo() throws {
        let parsed = TraceText.parse(try RecordedBoard.v2mOn61.text(.trace, "lost-trace.txt"))
        #expect(parsed.damage.map(\.what) == [.lost])
    }
}
