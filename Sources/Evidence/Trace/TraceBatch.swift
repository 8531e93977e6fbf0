// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Some whole lines of a trace, read but not yet put behind those before them.
///
/// Batches can be read beside each other; a `TraceDigest` takes them in their order.
package struct TraceBatch: Sendable {
    /// A record: what it says in numbers, and where its line lies.
    struct Entry: Sendable {
        let time: UInt64
        let process: Int32
        /// The line's number in the batch, from 1.
        let line: Int32
        let start: Int32
        let length: Int32
        /// Nothing for an event that neither maps nor unmaps.
        let mapping: TraceMapping?

        var bytes: Range<Int> { Int(start)..<Int(start) + Int(length) }
    }

    /// A damaged line, or a header.
    enum Note: Sendable {
        case flaw(TraceFlaw)
        case entries(UInt64)
    }

    let bytes: [UInt8]
    let entries: [Entry]
    /// Each with its line's number in the batch, from 1.
    let notes: [(note: Note, line: Int, bytes: Range<Int>)]
    let lineCount: Int

    /// How many of some bytes are whole lines.
    ///
    /// A line without end is cut where it is longer than any line of a trace: the rest of a file
    /// that holds no text must not be kept in memory.
    package static func wholeLines(of bytes: [UInt8]) -> Int {
        if let last = bytes.lastIndex(of: .newline) { return last + 1 }
        return bytes.count > 1 << 16 ? bytes.count : 0
    }

    /// Reads lines, the last of which ends with a newline unless it is the trace's own last.
    ///
    /// - Parameters:
    ///   - bytes: at most two gibibytes.
    ///   - end: how many of them are read.
    package init(_ bytes: [UInt8], upTo end: Int) {
        self.bytes = bytes
        var reader = TraceReader(TraceEntries(capacity: end / 100))
        let span = bytes.span.bytes
        var (start, count) = (0, 0)
        while start < end {
            count += 1
            let newline = span.first(.newline, in: start..<end)
            reader.sink.start = start
            reader.sink.isCut = newline == nil
            reader.take(span.extracting(start..<(newline ?? end)), number: count)
            start = (newline ?? end) + 1
        }
        (entries, notes, lineCount) = (reader.sink.entries, reader.sink.notes, count)
    }

    /// The text of a line.
    func text(_ place: Range<Int>) -> String { bytes.span.bytes.text(place) }
}

/// Gathers what stands in a batch.
private struct TraceEntries: TraceSink {
    private(set) var entries: [TraceBatch.Entry] = []
    private(set) var notes: [(note: TraceBatch.Note, line: Int, bytes: Range<Int>)] = []
    /// Where the line begins that comes now.
    var start = 0
    /// Whether it lacks its newline: half a number is a number too.
    var isCut = false

    init(capacity: Int) { entries.reserveCapacity(capacity) }

    @inline(__always)
    mutating func take(_ mapping: TraceMapping, _ head: TraceHead, _ line: RawSpan, number: Int) {
        append(mapping, head, line, number)
    }

    mutating func take(_ event: TraceEvent, _ head: TraceHead, _ line: RawSpan, number: Int) {
        append(nil, head, line, number)
    }

    @inline(__always)
    private mutating func append(
        _ mapping: TraceMapping?, _ head: TraceHead, _ line: RawSpan, _ number: Int
    ) {
        guard !isCut else { return note(.flaw(.halfLine), line, number) }
        entries.append(
            TraceBatch.Entry(
                time: head.time, process: head.process, line: Int32(truncatingIfNeeded: number),
                start: Int32(truncatingIfNeeded: start),
                length: Int32(truncatingIfNeeded: line.byteCount), mapping: mapping))
    }

    mutating func take(entries: UInt64, _ line: RawSpan, number: Int) {
        note(isCut ? .flaw(.halfLine) : .entries(entries), line, number)
    }

    mutating func take(_ flaw: TraceFlaw, _ line: RawSpan, number: Int) {
        note(.flaw(isCut ? .halfLine : flaw), line, number)
    }

    private mutating func note(_ note: TraceBatch.Note, _ line: RawSpan, _ number: Int) {
        notes.append((note, number, start..<start + line.byteCount))
    }
}
