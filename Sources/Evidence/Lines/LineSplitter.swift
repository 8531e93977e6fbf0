// SPDX-License-Identifier: GPL-3.0-or-later

/// Cuts a stream of bytes into lines, whatever pieces it comes in.
package struct LineSplitter: Sendable {
    private let file: String
    private var number = 0
    private var pending: [UInt8] = []

    package init(file: String) { self.file = file }

    /// Takes more bytes and gives the lines that they complete.
    package mutating func feed(_ bytes: some Collection<UInt8>) -> [RawLine] {
        var lines: [RawLine] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            pending.append(contentsOf: rest[..<end])
            lines.append(take())
            rest = rest[rest.index(after: end)...]
        }
        pending.append(contentsOf: rest)
        return lines
    }

    /// Gives what stands behind the last newline, if anything does.
    package mutating func finish() -> RawLine? {
        pending.isEmpty ? nil : take()
    }

    private mutating func take() -> RawLine {
        defer { pending.removeAll(keepingCapacity: true) }
        number += 1
        // Text from a board need not be UTF-8; what is not becomes U+FFFD and stays visible.
        return RawLine(file: file, number: number, text: String(decoding: pending, as: UTF8.self))
    }

    /// Cuts a whole text.
    package static func lines(of text: String, file: String) -> [RawLine] {
        var splitter = LineSplitter(file: file)
        var lines = splitter.feed(text.utf8)
        if let last = splitter.finish() { lines.append(last) }
        return lines
    }
}

extension RawText {
    /// The text, line by line.
    package var lines: [RawLine] { LineSplitter.lines(of: text, file: file) }
}
