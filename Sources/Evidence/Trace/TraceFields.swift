// SPDX-License-Identifier: GPL-3.0-or-later

/// The `key=value` words of an event.
///
/// Three forms are in use: `iova=0x… - 0x… size=4096`, the older one without the end, and the
/// instance's `fields` option (6.4 and later), `iova=0x0 (0) size=0x1000 (4096)`. Addresses always
/// have their `0x`; one without is damage and not read as decimal.
struct TraceFields {
    /// The fields that a body may have, a bit for each.
    private struct Seen: OptionSet {
        let rawValue: UInt8
        static let iova = Seen(rawValue: 1)
        static let size = Seen(rawValue: 2)
        static let paddr = Seen(rawValue: 4)
        static let unmapped = Seen(rawValue: 8)
        static let group = Seen(rawValue: 16)
        static let end = Seen(rawValue: 32)
        static let device = Seen(rawValue: 64)
        static let stray = Seen(rawValue: 128)
    }

    private var seen: Seen = []
    // Zero, and nothing to the outside, until it is seen: with optionals this is a fifth slower.
    private var numbers = (iova: UInt64(0), size: UInt64(0), paddr: UInt64(0), other: UInt64(0))
    private var behind: UInt64 = 0
    private var place = 0..<0

    var iova: UInt64? { seen.contains(.iova) ? numbers.iova : nil }
    var size: UInt64? { seen.contains(.size) ? numbers.size : nil }
    var paddr: UInt64? { seen.contains(.paddr) ? numbers.paddr : nil }
    var unmapped: UInt64? { seen.contains(.unmapped) ? numbers.other : nil }
    /// `groupID`, or `gid` in the `fields` form.
    var group: UInt64? { seen.contains(.group) ? numbers.other : nil }
    /// The number behind ` - `, where the form has one.
    var end: UInt64? { seen.contains(.end) ? behind : nil }
    var device: Range<Int>? { seen.contains(.device) ? place : nil }
    /// The last word that is no `key=value`: part of a fault, but damage in all other events.
    var stray: Range<Int>? { seen.contains(.stray) ? place : nil }

    /// Reads a body.
    /// - Throws: `TraceFlaw` for a number that is none or too large, and for a field that comes
    ///   twice: then two lines became one.
    @inline(__always)
    init(_ line: RawSpan, from body: Int) throws(TraceFlaw) {
        var scanner = ByteScanner(body..<line.byteCount)
        _ = scanner.skip("IOMMU:", in: line)
        scanner.skipSpaces(in: line)
        while !scanner.isAtEnd {
            if !(try takeOften(&scanner, line)) {
                // On copies: what is handed to a call lives in memory and not in registers.
                var (fields, rest) = (self, scanner)
                try fields.takeRare(&rest, line)
                (self, scanner) = (fields, rest)
            }
            scanner.skipSpaces(in: line)
        }
    }

    /// Takes a field of map and unmap events, or says that another one comes.
    @inline(__always)
    private mutating func takeOften(
        _ scanner: inout ByteScanner, _ line: RawSpan
    ) throws(TraceFlaw) -> Bool {
        let start = scanner
        if scanner.skip(UInt8(ascii: "-"), in: line), scanner.skip(.space, in: line) {
            try see(.end)
            behind = try address(&scanner, line)
            return true
        }
        scanner = start
        switch scanner.keyword(before: UInt8(ascii: "="), in: line) {
        case ShortWord("iova"):
            try see(.iova)
            numbers.iova = try address(&scanner, line)
        case ShortWord("size"):
            try see(.size)
            numbers.size = try number(&scanner, line)
        case ShortWord("paddr"):
            try see(.paddr)
            numbers.paddr = try address(&scanner, line)
        case ShortWord("unmapped_size"):
            try see(.unmapped)
            numbers.other = try number(&scanner, line)
        default:
            scanner = start
            return false
        }
        return true
    }

    /// Takes any other field, or a word.
    @inline(never)
    private mutating func takeRare(
        _ scanner: inout ByteScanner, _ line: RawSpan
    ) throws(TraceFlaw) {
        switch scanner.keyword(before: UInt8(ascii: "="), in: line) {
        case ShortWord("groupID"), ShortWord("gid"):
            try see(.group)
            numbers.other = try number(&scanner, line)
        case ShortWord("device"):
            try see(.device)
            place = scanner.word(in: line) ?? 0..<0
        case nil: takeWord(&scanner, line)
        default: _ = scanner.word(in: line)
        }
    }

    /// Takes a value's decimal form in brackets, or a word of a fault.
    private mutating func takeWord(_ scanner: inout ByteScanner, _ line: RawSpan) {
        guard let word = scanner.word(in: line) else { return }
        let isBracketed =
            line.byte(word.lowerBound) == UInt8(ascii: "(")
            && line.byte(word.upperBound - 1) == UInt8(ascii: ")")
        if isBracketed { return }
        seen.insert(.stray)
        if !seen.contains(.device) { place = word }
    }

    @inline(__always)
    private mutating func see(_ field: Seen) throws(TraceFlaw) {
        guard seen.isDisjoint(with: field) else {
            throw TraceFlaw.repeatedField
        }
        seen.formUnion(field)
    }

    /// Takes `0x1000`.
    @inline(__always)
    private func address(
        _ scanner: inout ByteScanner, _ line: RawSpan
    ) throws(TraceFlaw) -> UInt64 {
        guard scanner.skip(UInt8(ascii: "0"), in: line), scanner.skip(UInt8(ascii: "x"), in: line)
        else { throw TraceFlaw.bareAddress }
        return try whole(&scanner, line, 16)
    }

    /// Takes `0x1000` or `4096`.
    @inline(__always)
    private func number(
        _ scanner: inout ByteScanner, _ line: RawSpan
    ) throws(TraceFlaw) -> UInt64 {
        let start = scanner
        if scanner.skip(UInt8(ascii: "0"), in: line), scanner.skip(UInt8(ascii: "x"), in: line) {
            return try whole(&scanner, line, 16)
        }
        scanner = start
        return try whole(&scanner, line, 10)
    }

    @inline(__always)
    private func whole(
        _ scanner: inout ByteScanner, _ line: RawSpan, _ radix: Int
    ) throws(TraceFlaw) -> UInt64 {
        let value: UInt64?
        do throws(NumberTooLarge) {
            value = try radix == 16 ? scanner.hexadecimal(in: line) : scanner.decimal(in: line)
        } catch {
            throw TraceFlaw.largeNumber
        }
        guard let value, scanner.isAtGap(in: line) else {
            throw TraceFlaw.noNumber
        }
        return value
    }
}
