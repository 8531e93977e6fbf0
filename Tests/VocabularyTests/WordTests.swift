// SPDX-License-Identifier: GPL-3.0-or-later

import Testing
import Vocabulary

@Suite struct WordTests {
    @Test(arguments: ["virt-its", "a", "6.12", "A_b", String(repeating: "x", count: 100)])
    func `a name may become a file's name`(text: String) {
        #expect(BoardName(text)?.text == text)
    }

    @Test(arguments: [
        "", ".", "..", "-x", "_x", "a/b", "a b", "a\nb", "é", String(repeating: "x", count: 101),
    ])
    func `nothing else is a name`(text: String) { #expect(BoardName(text) == nil) }

    @Test func `a place may lie pages before or behind an address`() {
        let below = Placement(base: IOVA(rawValue: 0x0800_0000), pages: -1)
        #expect(below.address(page: .fourKiB)?.rawValue == 0x07ff_f000)
        #expect(below.address(page: .sixtyFourKiB)?.rawValue == 0x07ff_0000)
        #expect(below.description == "0x08000000 - 1page")
        #expect(Placement(base: IOVA(rawValue: 0), pages: -1).address(page: .fourKiB) == nil)
        #expect(Placement(base: IOVA(rawValue: 0), pages: .max).address(page: .fourKiB) == nil)
    }

    @Test func `a size may be given in bytes and pages`() {
        let extent = Extent(bytes: .kibibytes(4), pages: 2)
        #expect(extent.size(page: .sixteenKiB) == .kibibytes(36))
        #expect(extent.description == "4KiB + 2pages")
        #expect(Extent(pages: .max).size(page: .fourKiB) == nil)
    }

    @Test func `a fault keeps its blame, and a foreign error is ours`() {
        struct Foreign: Error {}
        let account = Account(
            subject: "board x", action: "boot", cause: "silence", remedy: "Look at it.")
        let known = Fault(kind: .kernel, account: account)
        #expect(known.description == "board x could not boot: silence. Look at it.")
        #expect(Fault(known, subject: "s", action: "a") == known)
        #expect(Fault(Foreign(), subject: "s", action: "a").kind == .harness)
    }
}
