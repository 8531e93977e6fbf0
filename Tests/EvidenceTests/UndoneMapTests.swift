// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Testing

@Suite struct UndoneMapTests {
    /// `iommu_map` of 6.1 undoes what it began; where that is nothing, the event has no range.
    @Test func aMapThatFailedAtItsFirstPageIsNoDamage() {
        let text = """
            # tracer: nop
            #
            # entries-in-buffer/entries-written: 2/2   #P:2
            #
                 agent-217     [001] .....     7.001192: unmap: IOMMU: iova=0x00000000fffff000 - 0x00000000fffff000 size=0 unmapped_size=0
                 agent-217     [001] .....     7.001193: unmap: IOMMU: iova=0x00000000fffff000 size=0 unmapped_size=0

            """
        let parsed = TraceText.parse(RawText(source: .trace, file: "trace", text: text))
        #expect(parsed.damage.isEmpty)
        #expect(parsed.values.count == 2)
        #expect(parsed.values.allSatisfy { if case .other = $0.event { true } else { false } })
    }
}
