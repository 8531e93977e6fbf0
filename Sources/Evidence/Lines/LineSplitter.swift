// SPDX-License-Identifier: GPL-3.0-or-later

/// Cuts a stream of bytes into lines, whatever pieces it comes in.
package struct LineSplitter: Sendable {
    private var lines = ByteLines()
    private var taken: Taken

    package init(file: String) { taken = Taken(file: file) }

    /// Takes more bytes and gives the lines that they complete.
    package mutating func feed(_ bytes: some Collection<UInt8>) -> [RawLine] {
        let whole = Array(bytes)
        return feed(whole.span.bytes)
    }

    private mutating func feed(_ bytes: RawSpan) -> [RawLine] {
        lines.feed(bytes, into: &taken)
        return taken.takeAll()
    }

    /// Gives what stands behind the last newline, if anything does.
    package mutating func finish() -> RawLine? {
        lines.finish(into: &taken) ? taken.takeAll().first : nil
    }

    /// The lines that were not yet given away.
    private struct Taken: LineTaker, Sendable {
        let file: String
        var lines: [RawLine] = []

        mutating func take(_ line: RawSpan, number: Int) {
            let text = line.text(0..<line.byteCount)
            lines.append(RawLine(file: file, number: number, text: text))
        }

        mutating func takeAll() -> [RawLine] {
            defer { lines = [] }
            return lines
        }
    }

    /// Cuts a whole text.
    package static func lines(of text: String, file: String) -> [RawLine] {
        var splitter = LineSplitter(file: file)
        var lines = splitter.feed(text.utf8.span.bytes)
        if let last = splitter.finish() { lines.append(last) }
        return lines
    }
}

extension RawText {
    /// The text, line by line.
    package var lines: [RawLine] { LineSplitter.lines(of: text, file: file) }
}
