// SPDX-License-Identifier: GPL-3.0-or-later

/// Makes a title of a message: what differs from boot to boot goes, what is the same stays.
enum TroubleTitle {
    /// No title is longer, whatever a board writes.
    static let longest = 160

    /// Puts `ADDR` for addresses and `N` for numbers that stand alone; `file.c:12` loses its line.
    static func plain(_ text: String) -> String {
        var words: [String] = []
        for word in text.prefix(longest).split(separator: " ") { words.append(plain(word: word)) }
        return words.joined(separator: " ")
    }

    private static func plain(word: Substring) -> String {
        var plain = ""
        var run: [UInt8] = []
        for byte in word.utf8 {
            if byte.isWordByte {
                run.append(byte)
            } else {
                plain += named(run)
                run = []
                plain.unicodeScalars.append(Unicode.Scalar(byte < 0x80 ? byte : UInt8(ascii: "?")))
            }
        }
        return withoutLine(plain + named(run))
    }

    private static func named(_ run: [UInt8]) -> String {
        let text = String(decoding: run, as: UTF8.self)
        let digits = text.hasPrefix("0x") ? run.dropFirst(2) : run[...]
        let isHexadecimal = !digits.isEmpty && digits.allSatisfy { $0.hexadecimalDigit != nil }
        if isHexadecimal, text.hasPrefix("0x") || run.count >= 8 { return "ADDR" }
        return !run.isEmpty && run.allSatisfy { $0.decimalDigit != nil } ? "N" : text
    }

    /// Takes the line number off a source file's name: it differs from one kernel to the next.
    private static func withoutLine(_ word: String) -> String {
        for name in [".c:N", ".h:N"] {
            if let place = word.firstRange(of: name) {
                return String(word[..<place.lowerBound]) + name.dropLast(2)
            }
        }
        return word
    }
}
