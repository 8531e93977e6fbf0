// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Reads one line from left to right.
///
/// Every step answers nothing instead of guessing, and leaves its place unchanged then.
struct LineScanner {
    private(set) var rest: Substring

    init(_ text: some StringProtocol) { rest = Substring(text) }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func skipSpaces() {
        rest = rest.drop { $0 == " " || $0 == "\t" }
    }

    /// Passes a fixed text, or says that it is not there.
    mutating func skip(_ text: String) -> Bool {
        guard rest.hasPrefix(text) else { return false }
        rest = rest.dropFirst(text.count)
        return true
    }

    /// Takes what stands before the next space.
    mutating func word() -> Substring? {
        skipSpaces()
        let word = rest.prefix { $0 != " " && $0 != "\t" }
        guard !word.isEmpty else { return nil }
        rest = rest[word.endIndex...]
        return word
    }

    /// Takes what stands before a text, and passes the text.
    mutating func upTo(_ end: String) -> Substring? {
        guard let range = rest.firstRange(of: end) else { return nil }
        defer { rest = rest[range.upperBound...] }
        return rest[..<range.lowerBound]
    }

    mutating func decimal() -> UInt64? {
        let digits = rest.prefix { ("0"..."9").contains($0) }
        guard let value = UInt64(digits) else { return nil }
        rest = rest[digits.endIndex...]
        return value
    }

    /// Takes `0x…`, or bare hexadecimal digits.
    mutating func hexadecimal() -> UInt64? {
        let prefix = rest.hasPrefix("0x") ? 2 : 0
        let digits = rest.dropFirst(prefix).prefix(while: \.isHexDigit)
        guard let value = Hexadecimal.value(digits) else { return nil }
        rest = rest[digits.endIndex...]
        return value
    }
}
