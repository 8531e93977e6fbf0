// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// A little-endian table of ACPI as `od -Ax -tx1` printed it; every offset is checked.
struct FirmwareTable: Sendable {
    private let dump: OctalDump
    private let first: RawLine
    /// How long the table says it is, and is.
    let count: Int

    /// The header that all tables begin with (ACPI 6.5, 5.2.6).
    static let headerSize = 36

    /// Reads a dump of a table; nothing when the board printed none.
    ///
    /// - Throws: `Damage` where the dump breaks off, is of another table, or is shorter than the
    ///   table says it is.
    init?(_ text: RawText, signature: String) throws(Damage) {
        guard let first = text.lines.first else { return nil }
        dump = try OctalDump(text)
        self.first = first
        guard dump.bytes.starts(with: signature.utf8), dump.bytes.count >= Self.headerSize else {
            throw Damage(.unparsable, first, expected: "\(article(signature)) table")
        }
        count = Int(dump.bytes[4..<8].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
        guard count >= Self.headerSize, count <= dump.bytes.count else {
            throw Damage(
                .incomplete, text.lines[text.lines.count - 1],
                expected: "\(count) bytes of the \(signature) table")
        }
    }

    /// Who made the table, six bytes.
    var oemID: String { String(decoding: dump.bytes[10..<16], as: UTF8.self) }

    /// Reads a number of one to eight bytes.
    ///
    /// - Throws: `Damage` where it would lie beyond the table's end.
    func number(at offset: Int, _ size: Int) throws(Damage) -> UInt64 {
        guard offset >= 0, offset <= count - size else { throw broken(size, at: offset) }
        return dump.bytes[offset..<offset + size].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Reads a number of four bytes.
    ///
    /// - Throws: `Damage` where it would lie beyond the table's end.
    func word(at offset: Int) throws(Damage) -> UInt32 {
        UInt32(truncatingIfNeeded: try number(at: offset, 4))
    }

    /// Reads an offset or a count.
    ///
    /// - Throws: `Damage` where it would lie beyond the table's end.
    func index(at offset: Int) throws(Damage) -> Int { Int(try word(at: offset)) }

    /// The line of the dump that holds a byte.
    func line(at offset: Int) -> RawLine { dump.line(at: offset) ?? first }

    func broken(_ size: Int, at offset: Int) -> Damage {
        Damage(.incomplete, line(at: offset), expected: "\(size) bytes at byte \(offset)")
    }
}

private func article(_ word: String) -> String {
    ("AEIOU".contains(word.prefix(1)) ? "an " : "a ") + word
}
