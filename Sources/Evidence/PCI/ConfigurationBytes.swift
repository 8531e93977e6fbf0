// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// The bytes of a function's configuration space, with the dump lines they stand in.
package struct ConfigurationBytes: Sendable, Hashable, Codable {
    package let bytes: [UInt8]
    /// One for each 16 bytes.
    package let lines: [RawLine]

    package init(bytes: [UInt8], lines: [RawLine]) {
        self.bytes = bytes
        self.lines = lines
    }

    /// The line that holds a byte.
    package func line(at offset: Int) -> RawLine? {
        lines.indices.contains(offset / 16) ? lines[offset / 16] : nil
    }

    /// Reads a little-endian number of up to four bytes; nothing beyond the end.
    func number(at offset: Int, bytes count: Int) -> UInt32? {
        guard offset >= 0, offset + count <= bytes.count else { return nil }
        return bytes[offset..<offset + count].reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Reads `lspci -xxxx` form: lines of `40: 05 00 …`, a heading before them.
    package static func parse(_ text: RawText) -> (space: ConfigurationBytes?, damage: [Damage]) {
        let rows = Parsed.each(text.lines, row)
        var bytes: [UInt8] = []
        for row in rows.values {
            guard row.offset == bytes.count else {
                let gap = Damage(.incomplete, row.line, expected: "offset \(bytes.count)")
                return (nil, rows.damage + [gap])
            }
            bytes += row.bytes
        }
        let space = ConfigurationBytes(bytes: bytes, lines: rows.values.map(\.line))
        return (bytes.count >= 64 && rows.damage.isEmpty ? space : nil, rows.damage)
    }

    private struct Row: Sendable {
        let offset: Int
        let bytes: [UInt8]
        let line: RawLine
    }

    private static func row(_ line: RawLine) throws(Damage) -> Row? {
        let words = line.text.split(separator: " ")
        guard let head = words.first, PCIAddress(head) == nil else { return nil }
        guard head.hasSuffix(":"), let offset = Hexadecimal.value(head.dropLast()),
            let offset = Int(exactly: offset)
        else { throw Damage(.unparsable, line, expected: "OFFSET: 16 bytes in hex") }
        let bytes = words.dropFirst().compactMap { $0.count == 2 ? UInt8($0, radix: 16) : nil }
        guard bytes.count == 16, words.count == 17 else {
            throw Damage(.incomplete, line, expected: "16 bytes in hex")
        }
        return Row(offset: offset, bytes: bytes, line: line)
    }
}
