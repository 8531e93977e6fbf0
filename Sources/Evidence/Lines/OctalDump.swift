// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Bytes of a file as `od -Ax -tx1` prints them, each with the line it stands in.
///
/// Rows that repeat are printed once with a `*` behind them, so a megabyte of zeros is short.
package struct OctalDump: Sendable {
    private(set) var bytes: [UInt8] = []
    /// The line of each 16 bytes.
    private var lines: [RawLine] = []

    /// A board that prints more is not believed.
    private static let limit = 4 << 20

    /// Writes a dump as `od` would; of nothing it is empty.
    package static func text(of bytes: [UInt8]) -> String {
        guard !bytes.isEmpty else { return "" }
        var text = ""
        var last: ArraySlice<UInt8> = []
        var repeats = false
        for start in stride(from: 0, to: bytes.count, by: 16) {
            let row = bytes[start..<min(start + 16, bytes.count)]
            if row.elementsEqual(last) {
                if !repeats { text += "*\n" }
                repeats = true
                continue
            }
            (last, repeats) = (row, false)
            text += Hexadecimal.digits(UInt64(start), width: 6)
            for byte in row { text += " " + Hexadecimal.digits(UInt64(byte), width: 2) }
            text += "\n"
        }
        return text + Hexadecimal.digits(UInt64(bytes.count), width: 6) + "\n"
    }

    /// The line that holds a byte.
    func line(at offset: Int) -> RawLine? {
        lines.indices.contains(offset / 16) ? lines[offset / 16] : nil
    }

    /// Reads a dump.
    ///
    /// - Throws: `Damage` for a line of another form, and where the last line, the size, is
    ///   missing.
    init(_ text: RawText) throws(Damage) {
        var repeats = false
        var isComplete = false
        for line in text.lines {
            guard !isComplete else { throw Damage(.unparsable, line, expected: "the dump's end") }
            if line.text == "*" {
                repeats = true
                continue
            }
            let words = line.text.split(separator: " ")
            let offset = words.first.flatMap { Hexadecimal.value($0) }.flatMap(Int.init(exactly:))
            guard let offset else { throw Damage(.unparsable, line, expected: "OFFSET BYTES") }
            try fill(to: offset, repeats: repeats, line)
            repeats = false
            isComplete = words.count == 1
            try append(words.dropFirst(), line)
        }
        guard isComplete || bytes.isEmpty else {
            throw Damage(.incomplete, text.lines[text.lines.count - 1], expected: "the dump's size")
        }
    }

    private mutating func append(
        _ words: ArraySlice<Substring>, _ line: RawLine
    ) throws(Damage) {
        let row = words.compactMap { $0.utf8.count == 2 ? UInt8($0, radix: 16) : nil }
        guard row.count == words.count, row.count <= 16,
            row.isEmpty || bytes.count.isMultiple(of: 16)
        else {
            throw Damage(.unparsable, line, expected: "at most 16 bytes in hex")
        }
        bytes += row
        if !row.isEmpty { lines.append(line) }
    }

    private mutating func fill(to offset: Int, repeats: Bool, _ line: RawLine) throws(Damage) {
        guard offset != bytes.count else { return }
        guard repeats, offset > bytes.count, offset <= Self.limit, bytes.count >= 16,
            bytes.count.isMultiple(of: 16), offset.isMultiple(of: 16), let last = lines.last
        else { throw Damage(.incomplete, line, expected: "offset \(bytes.count)") }
        let row = Array(bytes.suffix(16))
        while bytes.count < offset {
            bytes += row
            lines.append(last)
        }
    }
}
