// SPDX-License-Identifier: GPL-3.0-or-later

import ReferenceModel
import Testing
import Vocabulary

@Suite struct PageFrameTests {
    @Test("An address has the page of its granule, and the page begins where it should")
    func conversion() throws {
        let address = IOVA(rawValue: 0x0801_2345)
        #expect(PageFrame(of: address, granule: .fourKiB) == Frames.at(0x8012))
        #expect(PageFrame(of: address, granule: .sixtyFourKiB) == Frames.at(0x801))
        #expect(
            Frames.at(0x801).address(granule: .sixtyFourKiB) == IOVA(rawValue: 0x0801_0000))
        #expect("\(Frames.at(0x801))" == "pfn 0x801")
    }

    @Test("A range of bytes covers all pages that it touches")
    func covering() throws {
        let bytes = try #require(
            IOVARange(first: IOVA(rawValue: 0x1fff), last: IOVA(rawValue: 0x3000)))
        let frames = PageFrameRange(covering: bytes, granule: .fourKiB)
        #expect(frames == (try Frames.range(1, 3)))
        let whole = try #require(frames.addresses(granule: .fourKiB))
        #expect("\(whole)" == "0x00001000-0x00003fff")
        #expect("\(frames)" == "pfn 0x1-0x3")
    }

    @Test("Pages beyond 64 bits of address have no address range, and lose their upper bits")
    func beyond() throws {
        #expect(Frames.range(.max).addresses(granule: .fourKiB) == nil)
        #expect(Frames.at(.max).address(granule: .fourKiB) == IOVA(rawValue: .max << 12))
        let last = Frames.range(.max >> 12)
        #expect(last.addresses(granule: .fourKiB)?.last == IOVA(rawValue: .max))
    }

    @Test("A count is of whole pages, and never zero")
    func counts() {
        #expect(PageCount(rawValue: 0) == nil)
        #expect(PageCount(of: .kibibytes(64), granule: .fourKiB)?.rawValue == 16)
        #expect(PageCount(of: .bytes(4095), granule: .fourKiB) == nil)
        #expect(PageCount(of: .bytes(.max), granule: .fourKiB) == nil)
    }
}
