// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Testing
import Vocabulary

/// The window of 4.11 and later, and iommufd's table (facts 2.3 and 3.10).
@Suite struct LinearWindowTests {
    @Test("The window's end is not noticed: page 257 is handed out", arguments: [false, true])
    func endIsNeverChecked(_ large: Bool) {
        let granule: Granule = large ? .sixtyFourKiB : .fourKiB
        var window = LinearWindow(base: SoftwareWindow.mainline.base, granule: granule)
        for _ in 0..<(large ? 16 : 256) {
            #expect(!window.isBeyond(.mainline))
            _ = window.allocate()
        }
        #expect(window.isBeyond(.mainline))
        #expect(window.allocate() == IOVA(rawValue: 0x0810_0000))
    }

    @Test("A page that could not be mapped is handed out again")
    func stepsBack() {
        var window = LinearWindow(base: IOVA(rawValue: 0x0800_0000), granule: .fourKiB)
        _ = window.allocate()
        #expect(window.allocate() == IOVA(rawValue: 0x0800_1000))
        window.giveBack()
        #expect(window.allocate() == IOVA(rawValue: 0x0800_1000))
    }

    @Test("At base 0 the first request fails, and the second gets the second page")
    func baseZero() {
        var window = LinearWindow(base: IOVA(rawValue: 0), granule: .fourKiB)
        #expect(window.allocate() == nil)
        #expect(window.allocate() == IOVA(rawValue: 0x1000))
    }

    @Test("At the end of 64 bits the pointer wraps")
    func wraps() {
        var window = LinearWindow(base: IOVA(rawValue: .max << 12), granule: .fourKiB)
        #expect(window.allocate() == IOVA(rawValue: .max << 12))
        #expect(window.allocate() == nil)
        #expect(window.allocate() == IOVA(rawValue: 0x1000))
    }
}

@Suite struct SoftwareMSITableTests {
    private let start = SoftwareWindow.mainline.base

    private func doorbell(_ page: UInt64) -> PhysicalAddress {
        PhysicalAddress(rawValue: page << 12 | 0x40)
    }

    @Test("A doorbell has one IOVA for all devices, and pages go up from the window's start")
    func oneEntryForEachPage() throws {
        var table = SoftwareMSITable(granule: .fourKiB)
        let first = try table.entry(for: doorbell(0x8090), windowStart: start)
        let second = try table.entry(for: doorbell(0x8020), windowStart: start)
        let again = try table.entry(for: doorbell(0x8090), windowStart: start)
        #expect(first.isNew && second.isNew && !again.isNew)
        #expect(again.entry == first.entry)
        #expect(first.entry.iova == start)
        #expect(second.entry.iova == IOVA(rawValue: 0x0800_1000))
        #expect(second.entry.page == PhysicalAddress(rawValue: 0x0802_0000))
    }

    @Test("Windows count their pages apart, and their entries together")
    func windowsCountApart() throws {
        var table = SoftwareMSITable(granule: .sixtyFourKiB)
        let other = IOVA(rawValue: 0xa000_0000)
        _ = try table.entry(for: doorbell(0x8090), windowStart: start)
        let there = try table.entry(for: doorbell(0x8090), windowStart: other).entry
        #expect(there.iova == other)
        #expect(there.pageOffset == 0)
        #expect(there.id == 1)
        let next = try table.entry(for: doorbell(0x9000), windowStart: other).entry
        #expect(next.iova == IOVA(rawValue: 0xa001_0000))
    }

    @Test("The 65th doorbell page is refused with EOVERFLOW, a known one never")
    func capacity() throws {
        var table = SoftwareMSITable(granule: .fourKiB)
        for page in 0..<UInt64(SoftwareMSITable.capacity) {
            let start = page < 32 ? start : IOVA(rawValue: 0xa000_0000)
            _ = try table.entry(for: doorbell(page), windowStart: start)
        }
        let full = #expect(throws: SoftwareMSITable.Full.self) {
            _ = try table.entry(for: doorbell(64), windowStart: start)
        }
        #expect(full?.errno == .overflow)
        #expect(try table.entry(for: doorbell(3), windowStart: start).entry.id == 3)
    }
}
