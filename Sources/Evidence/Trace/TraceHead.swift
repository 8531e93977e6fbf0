// SPDX-License-Identifier: GPL-3.0-or-later

/// The part of a trace line before the event's own text: numbers, and places in the line.
struct TraceHead {
    let process: Int32
    let cpu: UInt32
    /// In nanoseconds.
    let time: UInt64
    let flags: Range<Int>
    let name: Range<Int>
    /// Where the event's own text begins.
    let body: Int
    private let commandEnd: Int

    /// The command that ran, without the spaces that align it.
    func command(in line: RawSpan) -> Range<Int> {
        var scanner = ByteScanner(0..<commandEnd)
        scanner.skipSpaces(in: line)
        return scanner.place..<commandEnd
    }

    /// Reads `COMM-PID [(TGID)] [CPU] [FLAGS] SECONDS.MICROSECONDS: NAME: BODY`.
    ///
    /// A command may hold spaces, dashes and brackets, so each `[` is tried as the CPU's.
    @inline(__always)
    init?(_ line: RawSpan) {
        var start = 0
        while let open = line.first(UInt8(ascii: "["), in: start..<line.byteCount) {
            if let head = TraceHead(line, open: open) {
                self = head
                return
            }
            start = open &+ 1
        }
        return nil
    }

    @inline(__always)
    private init?(_ line: RawSpan, open: Int) {
        guard let (commandEnd, process) = Self.task(line, before: open) else { return nil }
        var scanner = ByteScanner(open &+ 1..<line.byteCount)
        guard let cpu = try? scanner.decimal(in: line), let cpu = UInt32(exactly: cpu),
            scanner.skip(UInt8(ascii: "]"), in: line),
            let (flags, time) = Self.moment(&scanner, line),
            let name = scanner.word(in: line), name.count > 1,
            line.byte(name.upperBound &- 1) == UInt8(ascii: ":")
        else { return nil }
        (self.process, self.cpu, self.time) = (process, cpu, time)
        (self.commandEnd, self.flags) = (commandEnd, flags)
        self.name = name.lowerBound..<name.upperBound &- 1
        scanner.skipSpaces(in: line)
        body = scanner.place
    }

    /// Takes `COMM-PID` with an optional `(TGID)` behind it apart at the last dash, from behind.
    @inline(__always)
    private static func task(_ line: RawSpan, before open: Int) -> (commandEnd: Int, Int32)? {
        var end = trimmed(line, open)
        if end > 0, line.byte(end &- 1) == UInt8(ascii: ")") {
            while end > 0, line.byte(end &- 1) != UInt8(ascii: "(") { end &-= 1 }
            end = trimmed(line, max(end &- 1, 0))
        }
        var digits = end
        while digits > 0, line.byte(digits &- 1).decimalDigit != nil { digits &-= 1 }
        guard digits > 0, line.byte(digits &- 1) == UInt8(ascii: "-") else { return nil }
        var scanner = ByteScanner(digits..<end)
        guard let process = try? scanner.decimal(in: line), let process = Int32(exactly: process)
        else { return nil }
        return (digits &- 1, process)
    }

    /// Where the text before a place ends, without its spaces.
    @inline(__always)
    private static func trimmed(_ line: RawSpan, _ end: Int) -> Int {
        var end = end
        while end > 0, line.byte(end - 1) == .space { end -= 1 }
        return end
    }

    /// Takes flags, where there are any, and the time with its colon.
    @inline(__always)
    private static func moment(
        _ scanner: inout ByteScanner, _ line: RawSpan
    ) -> (flags: Range<Int>, time: UInt64)? {
        guard var word = scanner.word(in: line) else { return nil }
        var flags = word.lowerBound..<word.lowerBound
        if line.byte(word.upperBound &- 1) != UInt8(ascii: ":") {
            flags = word
            guard let next = scanner.word(in: line) else { return nil }
            word = next
        }
        return instant(word, line).map { (flags, $0) }
    }

    /// Takes `4.577489:`, seconds and exactly six or nine digits of fraction, as nanoseconds.
    @inline(__always)
    private static func instant(_ word: Range<Int>, _ line: RawSpan) -> UInt64? {
        var scanner = ByteScanner(word)
        guard let seconds = try? scanner.decimal(in: line),
            scanner.skip(UInt8(ascii: "."), in: line)
        else { return nil }
        let start = scanner.place
        guard let fraction = try? scanner.decimal(in: line) else { return nil }
        let digits = scanner.place - start
        guard digits == 6 || digits == 9, scanner.skip(UInt8(ascii: ":"), in: line),
            scanner.isAtEnd
        else { return nil }
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, carried) = whole.addingReportingOverflow(fraction * (digits == 6 ? 1000 : 1))
        return overflow || carried ? nil : sum
    }
}
