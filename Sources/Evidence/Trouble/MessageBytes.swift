// SPDX-License-Identifier: GPL-3.0-or-later

/// A kernel's message as bytes, in which fixed texts are looked for.
struct MessageBytes {
    let bytes: [UInt8]

    init(_ text: some StringProtocol) { bytes = Array(text.utf8) }

    /// Finds a fixed text, and gives the place behind it.
    func end(of text: StaticString, from start: Int = 0) -> Int? {
        bytes.withUnsafeBytes { message in
            text.withUTF8Buffer { wanted in
                guard message.count >= wanted.count, let first = wanted.first else { return nil }
                let last = message.count - wanted.count
                return (start..<max(start, last + 1)).first { place in
                    message[place] == first
                        && wanted.indices.allSatisfy { message[place + $0] == wanted[$0] }
                }.map { $0 + wanted.count }
            }
        }
    }

    func holds(_ text: StaticString) -> Bool { end(of: text) != nil }

    /// Finds a fixed text that is not the end of a longer word, such as `BUG: ` in `DEBUG: `.
    func end(ofWord text: StaticString) -> Int? {
        guard let end = end(of: text) else { return nil }
        let start = end - text.utf8CodeUnitCount
        return start == 0 || !bytes[start - 1].isWordByte ? end : nil
    }

    /// The text from one place to another.
    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// The text from a place to the end.
    func text(from start: Int) -> String { text(start..<bytes.count) }

    /// The text between a place and the next of some fixed texts, or the end.
    func text(from start: Int, to stops: StaticString...) -> String {
        let ends = stops.compactMap { stop in
            end(of: stop, from: start).map { $0 - stop.utf8CodeUnitCount }
        }
        return text(start..<(ends.min() ?? bytes.count))
    }
}

extension UInt8 {
    /// Whether it is a letter, a digit or an underscore.
    var isWordByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
