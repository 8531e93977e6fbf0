// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing
import Vocabulary

@Suite struct NumberTests {
    @Test(arguments: [
        ("0x08000000", 0x0800_0000), ("ff", 255), ("0XfF", 255), ("0", 0),
        ("0xffffffffffffffff", UInt64.max),
    ])
    func `hexadecimal text is read`(text: String, value: UInt64) {
        #expect(Hexadecimal.value(text) == value)
    }

    @Test(arguments: ["", "0x", "+1", "-1", "0x+1", "1 ", "g", "0x10000000000000000"])
    func `anything else is no number`(text: String) { #expect(Hexadecimal.value(text) == nil) }

    @Test(arguments: [
        (ByteCount.zero, "0B"), (.bytes(513), "513B"), (.kibibytes(4), "4KiB"),
        (.mebibytes(2), "2MiB"), (.mebibytes(1024), "1GiB"), (.bytes(1 << 40), "1TiB"),
    ])
    func `a size is shown in its largest whole unit`(size: ByteCount, text: String) {
        #expect(size.description == text)
    }

    @Test func `a granule is a power of two`() {
        #expect(Granule(.kibibytes(64)) == .sixtyFourKiB)
        #expect(Granule(.bytes(0)) == nil)
        #expect(Granule(.bytes(4097)) == nil)
    }

    @Test func `addresses know their page and never wrap`() {
        let register = PhysicalAddress(rawValue: 0x0809_0040)
        #expect(register.page(of: .sixtyFourKiB).rawValue == 0x0809_0000)
        #expect(register.offset(in: .fourKiB) == .bytes(0x40))
        #expect(IOVA(rawValue: .max).advanced(by: .bytes(1)) == nil)
        #expect(IOVA(rawValue: 0).moved(backBy: .bytes(1)) == nil)
    }

    @Test func `a range may end at the last address and is never empty`() throws {
        let last = try #require(
            IOVARange(first: IOVA(rawValue: .max - 0xfff), size: .kibibytes(4)))
        #expect(last.last.rawValue == .max)
        #expect(IOVARange(first: IOVA(rawValue: .max), size: .bytes(2)) == nil)
        #expect(IOVARange(first: IOVA(rawValue: 4), size: .zero) == nil)
        #expect(IOVARange(first: IOVA(rawValue: 5), last: IOVA(rawValue: 4)) == nil)
    }

    @Test func `ranges that touch do not overlap, ranges that share a byte do`() throws {
        let window = try #require(
            IOVARange(first: IOVA(rawValue: 0x0800_0000), size: .mebibytes(1)))
        let below = try #require(
            IOVARange(first: IOVA(rawValue: 0x07ff_f000), size: .kibibytes(4)))
        let across = try #require(
            IOVARange(first: IOVA(rawValue: 0x07ff_f000), size: .bytes(0x1001)))
        #expect(!window.overlaps(below) && !below.overlaps(window))
        #expect(window.overlaps(across) && across.overlaps(window))
        #expect(!window.contains(across))
        #expect(window.contains(IOVA(rawValue: 0x080f_ffff)))
        #expect(!window.contains(IOVA(rawValue: 0x0810_0000)))
    }

    @Test func `a moment is shown as the trace shows it`() {
        #expect(BoardInstant(rawValue: 12_000_345_678).description == "12.000345678")
        #expect(BoardInstant(rawValue: 7).description == "0.000000007")
    }

    @Test func `an errno has the kernel's name`() {
        #expect(KernelErrno.notPermitted.description == "EPERM")
        #expect(KernelErrno.none.description == "OK")
        #expect(KernelErrno(rawValue: 93).description == "errno 93")
    }

    @Test func `values come back from JSON, and other text is refused with its name`() throws {
        let range = try #require(IOVARange(first: IOVA(rawValue: 1), size: .kibibytes(4)))
        let address = try #require(PCIAddress("0000:01:00.0"))
        let table = [address: range]
        let data = try JSONEncoder().encode(table)
        #expect(String(decoding: data, as: UTF8.self).contains("\"0000:01:00.0\":"))
        #expect(try JSONDecoder().decode([PCIAddress: IOVARange].self, from: data) == table)
        let error = #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([IOVA].self, from: Data("[\"x\"]".utf8))
        }
        #expect("\(try #require(error))".contains("'x' is not a hexadecimal address"))
    }
}
