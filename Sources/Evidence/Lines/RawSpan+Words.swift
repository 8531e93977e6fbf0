// SPDX-License-Identifier: GPL-3.0-or-later

// The module's unsafe loads stand in this file alone. A release build does not compare each with
// the span's bounds, which took a fifth of a long trace's time (measured with 6.3.1 on x86-64); a
// debug build does, so that the tests, which feed garbage to every parser, would stop at the first
// that leaves them. Callers keep to a range of the span, as `ByteScanner` does. Nothing else in the
// module is unsafe, and nothing here makes a pointer that could outlive its bytes: that is why the
// module does without the compiler's strict mode.

/// Eight bytes that are all this one.
@inline(__always)
private func eight(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

extension RawSpan {
    /// The byte at a place.
    @inline(__always)
    func byte(_ place: Int) -> UInt8 {
        assert(0 <= place && place < byteCount)
        return unsafeLoad(fromUncheckedByteOffset: place, as: UInt8.self)
    }

    /// The eight bytes from a place on, the first of them lowest.
    @inline(__always)
    func word(_ place: Int) -> UInt64 {
        assert(0 <= place && place + 8 <= byteCount)
        return UInt64(
            littleEndian: unsafeLoadUnaligned(fromUncheckedByteOffset: place, as: UInt64.self))
    }

    /// The bytes from a place to an end, at most eight, and zeros behind them.
    @inline(__always)
    func word(_ place: Int, before end: Int) -> UInt64 {
        if place &+ 8 <= end { return word(place) }
        return lastWord(place, before: end)
    }

    /// Only the last fields of a line are so short.
    @inline(never)
    private func lastWord(_ place: Int, before end: Int) -> UInt64 {
        var word: UInt64 = 0
        for next in stride(from: end - 1, through: place, by: -1) {
            word = word << 8 | UInt64(byte(next))
        }
        return word
    }

    /// The place of the first such byte in a range, eight at a time: lines are found ten times
    /// faster so than byte by byte (measured with 6.3.1 on x86-64).
    @inline(__always)
    func first(_ byte: UInt8, in range: Range<Int>) -> Int? {
        var place = range.lowerBound
        while place &+ 8 <= range.upperBound {
            let matches = word(place).matches(byte)
            if matches != 0 { return place &+ matches.trailingZeroBitCount / 8 }
            place &+= 8
        }
        while place < range.upperBound {
            if self.byte(place) == byte { return place }
            place &+= 1
        }
        return nil
    }

    /// Sixteen hexadecimal digits as a number, as kernels print addresses; nothing when one of the
    /// bytes is none.
    @inline(__always)
    func sixteenHexadecimals(_ place: Int) -> UInt64? {
        let (high, low) = (word(place), word(place &+ 8))
        guard high.notHexadecimal | low.notHexadecimal == 0 else { return nil }
        return high.hexadecimals << 32 | low.hexadecimals
    }

    /// The text of a range; what is not UTF-8 becomes U+FFFD and stays visible.
    func text(_ range: Range<Int>) -> String {
        extracting(range).withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    }
}

extension UInt64 {
    /// The lowest bit that is set belongs to the first byte that is this one; zero where none is.
    @inline(__always)
    func matches(_ byte: UInt8) -> UInt64 {
        let difference = self ^ eight(byte)
        return (difference &- eight(0x01)) & ~difference & eight(0x80)
    }

    /// One in each byte that is a letter, if all bytes are hexadecimal digits.
    @inline(__always)
    private var letters: UInt64 { (self >> 6) & eight(0x01) }

    /// Zero if all bytes are hexadecimal digits.
    @inline(__always)
    fileprivate var notHexadecimal: UInt64 {
        let low = self & eight(0x0f)
        let wrongKind = ((self | letters << 5) & eight(0xf0)) ^ (eight(0x30) &+ letters &* 0x30)
        // Digits end with 9, letters begin with 1 and end with 6: what goes beyond sets bit 4.
        let tooHigh = (low &+ eight(0x06) &+ letters &* 3) & eight(0x10)
        let tooLow = ~(low &+ eight(0x0f)) & letters << 4
        return wrongKind | tooHigh | tooLow
    }

    /// The number that eight hexadecimal digits are, the first of them in the lowest byte.
    @inline(__always)
    fileprivate var hexadecimals: UInt64 {
        var value = ((self & eight(0x0f)) &+ letters &* 9).byteSwapped
        value = (value | value >> 4) & 0x00ff_00ff_00ff_00ff
        value = (value | value >> 8) & 0x0000_ffff_0000_ffff
        return (value | value >> 16) & 0xffff_ffff
    }

    /// Keeps so many bytes, at most eight, and makes the others zero.
    @inline(__always)
    func prefix(_ count: Int) -> UInt64 {
        count >= 8 ? self : self & ((1 << UInt64(count * 8)) &- 1)
    }
}

/// Up to sixteen bytes as numbers, so that keywords are compared at once.
struct ShortWord: Equatable {
    let low: UInt64
    let high: UInt64
    let count: Int

    @inline(__always)
    init(low: UInt64, high: UInt64 = 0, count: Int) {
        (self.low, self.high, self.count) = (low, high, count)
    }

    /// Makes a keyword; a longer text is none.
    @inline(__always)
    init(_ text: StaticString) {
        var (low, high): (UInt64, UInt64) = (0, 0)
        for place in 0..<text.utf8CodeUnitCount {
            let byte = UInt64(text.utf8Start[place])
            if place < 8 { low |= byte << (place * 8) } else { high |= byte << (place * 8 - 64) }
        }
        self.init(low: low, high: high, count: text.utf8CodeUnitCount)
    }
}
