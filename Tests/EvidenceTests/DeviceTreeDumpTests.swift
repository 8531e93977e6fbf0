// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Testing
import Vocabulary

/// A device tree that comes as bytes and is archived as `od` would print it.
@Suite struct DeviceTreeDumpTests {
    /// The bytes of the file that was dumped: a `*` stands for rows that repeat the one before it.
    private func bytes(of text: RawText) throws -> [UInt8] {
        var bytes: [UInt8] = []
        for line in text.text.split(separator: "\n") where line != "*" {
            let words = line.split(separator: " ")
            let offset = try #require(words.first.flatMap { Int($0, radix: 16) })
            let row = bytes.suffix(16)
            while bytes.count < offset { bytes += row }
            bytes += words.dropFirst().compactMap { UInt8($0, radix: 16) }
        }
        return bytes
    }

    @Test(arguments: RecordedBoard.allCases)
    func theDumpIsTheOneThatTheBoardPrinted(_ board: RecordedBoard) throws {
        let printed = try board.text(.deviceTree, "device-tree.txt")
        let dump = OctalDump.text(of: try bytes(of: printed))
        #expect(dump == printed.text)
    }

    @Test(arguments: RecordedBoard.allCases)
    func theUsedPartHoldsTheWholeTree(_ board: RecordedBoard) throws {
        let printed = try board.text(.deviceTree, "device-tree.txt")
        let bytes = try bytes(of: printed)
        let header = Array(bytes.prefix(DeviceTreeText.headerLength))
        let used = try #require(DeviceTreeText.usedLength(header))
        #expect(used > 4096 && used < 65536, "the file has a mebibyte")
        var part = printed
        part.text = OctalDump.text(of: Array(bytes.prefix(Int(used))))
        let (whole, cut) = (BoardEvidence(texts: [printed]), BoardEvidence(texts: [part]))
        #expect(cut.damage == [])
        #expect(cut.doorbells == whole.doorbells && cut.routes == whole.routes)
        #expect(DeviceTreeText.usedLength(Array(header.dropLast())) == nil, "half a header")
    }

    @Test func whatIsNoTreeHasNoLength() {
        #expect(DeviceTreeText.usedLength([UInt8](repeating: 0, count: 40)) == nil)
        #expect(OctalDump.text(of: []) == "")
    }
}
