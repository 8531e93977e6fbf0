// SPDX-License-Identifier: GPL-3.0-or-later

/// The quoting of POSIX shells (XCU 2.2.2): within single quotes, nothing is special.
enum ShellQuoting {
    /// Quotes a word, whatever is in it.
    static func quoted(_ word: String) -> String {
        // By bytes: a combining character after a quote would hide it from a search by characters.
        var bytes = [UInt8(ascii: "'")]
        for byte in word.utf8 {
            if byte == UInt8(ascii: "'") {
                bytes += #"'\''"#.utf8
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes + [UInt8(ascii: "'")], as: UTF8.self)
    }

    /// Quotes a word only where a reader needs it.
    static func readable(_ word: String) -> String {
        let isPlain = !word.isEmpty && word.utf8.allSatisfy(isPlain)
        return isPlain ? word : quoted(word)
    }

    static func isVariableName(_ name: String) -> Bool {
        guard let first = name.utf8.first, !isDigit(first) else { return false }
        return name.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || "-_./=:,+@%".utf8.contains(byte)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
