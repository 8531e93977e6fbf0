// SPDX-License-Identifier: GPL-3.0-or-later

import Evidence
import Testing

@Suite struct LineSplitterTests {
    private static let text = "first\n\n  third é\nlast without newline"

    @Test func everySplitGivesTheSameLines() {
        let bytes = Array(Self.text.utf8)
        let whole = LineSplitter.lines(of: Self.text, file: "f")
        for cut in 0...bytes.count {
            var splitter = LineSplitter(file: "f")
            var lines = splitter.feed(bytes[..<cut]) + splitter.feed(bytes[cut...])
            if let last = splitter.finish() { lines.append(last) }
            #expect(lines == whole)
        }
    }

    @Test func aByteAtATimeGivesTheSameLines() {
        var splitter = LineSplitter(file: "f")
        var lines = Self.text.utf8.flatMap { splitter.feed([$0]) }
        if let last = splitter.finish() { lines.append(last) }
        #expect(lines == LineSplitter.lines(of: Self.text, file: "f"))
        #expect(lines.map(\.number) == [1, 2, 3, 4])
    }

    @Test func bytesThatAreNoTextStayVisible() {
        var splitter = LineSplitter(file: "f")
        let lines = splitter.feed([0x61, 0xff, 0x62, 0x0a])
        #expect(lines.map(\.text) == ["a\u{fffd}b"])
    }
}
