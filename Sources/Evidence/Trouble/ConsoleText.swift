// SPDX-License-Identifier: GPL-3.0-or-later

/// Makes messages of a console's bytes, one byte after the other.
///
/// What a terminal would carry out goes: escape sequences, NULs, control characters. Line feeds and
/// carriage returns end a message, and so do escapes that move the cursor, which firmware writes in
/// place of line feeds. A line feed ends even an escape sequence: nothing can be hidden in one.
struct ConsoleText: Sendable {
    /// Of a longer message only the beginning is kept.
    static let longest = 4096

    /// Where in an escape sequence the last byte stood (ECMA-48).
    private enum Place { case text, escape, control, string, stringEscape, designation }

    /// The number of the line that the next byte belongs to, from 0.
    private(set) var line = 0
    private var place = Place.text
    private var bytes: [UInt8] = []

    /// Takes a byte, and gives the message that it ends.
    mutating func take(_ byte: UInt8) -> (line: Int, bytes: [UInt8])? {
        if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
            place = .text
            defer { if byte == UInt8(ascii: "\n") { line += 1 } }
            return end()
        }
        switch place {
        case .text: return takeText(byte)
        case .escape: place = Self.place(behind: byte)
        case .control: return takeControl(byte)
        case .designation: place = .text
        case .string where byte == 0x1b: place = .stringEscape
        case .string: if byte == 0x07 { place = .text }
        case .stringEscape: place = byte == UInt8(ascii: "\\") ? .text : .string
        }
        return nil
    }

    /// Gives what has no end yet.
    mutating func end() -> (line: Int, bytes: [UInt8])? {
        guard !bytes.isEmpty else { return nil }
        defer { bytes = [] }
        return (line, bytes)
    }

    private mutating func takeText(_ byte: UInt8) -> (line: Int, bytes: [UInt8])? {
        if byte == 0x1b {
            place = .escape
        } else if byte == UInt8(ascii: "\t") || (byte >= 0x20 && byte != 0x7f),
            bytes.count < Self.longest
        {
            bytes.append(byte)
        }
        return nil
    }

    private static func place(behind byte: UInt8) -> Place {
        switch byte {
        case UInt8(ascii: "["): .control
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"),
            UInt8(ascii: "_"):
            .string
        case 0x20...0x2f: .designation
        case 0x1b: .escape
        default: .text
        }
    }

    /// A control sequence ends with a byte from `@` on; some of them move the cursor.
    private mutating func takeControl(_ byte: UInt8) -> (line: Int, bytes: [UInt8])? {
        if byte == 0x1b {
            place = .escape
            return nil
        }
        guard byte > 0x3f else { return nil }
        place = .text
        return "ABEFHJdf".utf8.contains(byte) ? end() : nil
    }
}
