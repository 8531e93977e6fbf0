// SPDX-License-Identifier: GPL-3.0-or-later

/// A place in a line of bytes that moves from left to right.
///
/// Like `LineScanner`, but without a `String`: the bytes are handed in at each step, since a span
/// cannot be kept. Every step answers nothing instead of guessing.
struct ByteScanner {
    private(set) var place: Int
    let end: Int

    init(_ range: Range<Int>) {
        place = range.lowerBound
        end = range.upperBound
    }

    var isAtEnd: Bool { place >= end }

    @inline(__always)
    func isAtGap(in bytes: RawSpan) -> Bool { isAtEnd || bytes.byte(place) == .space }

    @inline(__always)
    mutating func skipSpaces(in bytes: RawSpan) {
        while place < end, bytes.byte(place) == .space { place &+= 1 }
    }

    /// Passes one byte, or says that it is not there.
    @inline(__always)
    mutating func skip(_ byte: UInt8, in bytes: RawSpan) -> Bool {
        guard place < end, bytes.byte(place) == byte else { return false }
        place &+= 1
        return true
    }

    /// Passes a fixed text of at most eight bytes, or says that it is not there.
    @inline(__always)
    mutating func skip(_ text: StaticString, in bytes: RawSpan) -> Bool {
        let word = ShortWord(text)
        guard bytes.word(place, before: end).prefix(word.count) == word.low else { return false }
        place &+= word.count
        return true
    }

    /// Takes what stands before the next space.
    @inline(__always)
    mutating func word(in bytes: RawSpan) -> Range<Int>? {
        skipSpaces(in: bytes)
        let start = place
        place = bytes.first(.space, in: place..<end) ?? end
        return start < place ? start..<place : nil
    }

    /// Takes a word up to a byte, and passes that.
    ///
    /// Nothing when a space or the end comes first, or when the word is longer than any keyword.
    @inline(__always)
    mutating func keyword(before stop: UInt8, in bytes: RawSpan) -> ShortWord? {
        let low = bytes.word(place, before: end)
        let found = low.matches(stop) | low.matches(.space)
        if found != 0 {
            let count = found.trailingZeroBitCount / 8
            return passes(stop, behind: count, in: bytes)
                ? ShortWord(low: low.prefix(count), count: count) : nil
        }
        guard place &+ 8 < end else { return nil }
        let high = bytes.word(place &+ 8, before: end)
        let further = high.matches(stop) | high.matches(.space)
        guard further != 0 else { return nil }
        let count = further.trailingZeroBitCount / 8
        return passes(stop, behind: count &+ 8, in: bytes)
            ? ShortWord(low: low, high: high.prefix(count), count: count &+ 8) : nil
    }

    @inline(__always)
    private mutating func passes(_ stop: UInt8, behind count: Int, in bytes: RawSpan) -> Bool {
        guard bytes.byte(place &+ count) == stop else { return false }
        place &+= count &+ 1
        return true
    }

    /// Takes decimal digits.
    /// - Throws: `NumberTooLarge` when they do not fit 64 bits.
    @inline(__always)
    mutating func decimal(in bytes: RawSpan) throws(NumberTooLarge) -> UInt64? {
        let start = place
        var value: UInt64 = 0
        // So many digits always fit.
        let safe = min(end, place &+ 19)
        while place < safe, let digit = bytes.byte(place).decimalDigit {
            value = value &* 10 &+ digit
            place &+= 1
        }
        while place < end, let digit = bytes.byte(place).decimalDigit {
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carried) = tens.addingReportingOverflow(digit)
            if overflow || carried { throw NumberTooLarge() }
            value = sum
            place &+= 1
        }
        return start < place ? value : nil
    }

    /// Takes hexadecimal digits, without their `0x`.
    /// - Throws: `NumberTooLarge` when they do not fit 64 bits.
    @inline(__always)
    mutating func hexadecimal(in bytes: RawSpan) throws(NumberTooLarge) -> UInt64? {
        let start = place
        var value: UInt64 = 0
        if place &+ 16 <= end, let digits = bytes.sixteenHexadecimals(place) {
            value = digits
            place &+= 16
        }
        while place < end, let digit = bytes.byte(place).hexadecimalDigit {
            if value >> 60 != 0 { throw NumberTooLarge() }
            value = value << 4 | digit
            place &+= 1
        }
        return start < place ? value : nil
    }
}

/// A number that does not fit 64 bits.
struct NumberTooLarge: Error {}

extension UInt8 {
    static let space = UInt8(ascii: " ")

    @inline(__always)
    var decimalDigit: UInt64? {
        let digit = self &- 0x30
        return digit < 10 ? UInt64(digit) : nil
    }

    @inline(__always)
    var hexadecimalDigit: UInt64? {
        if let decimalDigit { return decimalDigit }
        let letter = (self | 0x20) &- 0x61
        return letter < 6 ? UInt64(letter) + 10 : nil
    }
}
