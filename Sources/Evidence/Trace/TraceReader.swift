// SPDX-License-Identifier: GPL-3.0-or-later

/// Takes what the lines of a trace say; the places of a head are places in its line.
protocol TraceSink {
    /// Takes a map or an unmap.
    mutating func take(_ mapping: TraceMapping, _ head: TraceHead, _ line: RawSpan, number: Int)
    /// Takes any other event.
    mutating func take(_ event: TraceEvent, _ head: TraceHead, _ line: RawSpan, number: Int)
    /// Takes the header's count of entries.
    mutating func take(entries: UInt64, _ line: RawSpan, number: Int)
    /// Takes a line that is damaged.
    mutating func take(_ flaw: TraceFlaw, _ line: RawSpan, number: Int)
}

/// Reads lines of a trace, whatever becomes of them: this is the only way in which they are read.
struct TraceReader<Sink: TraceSink>: LineTaker {
    var sink: Sink

    init(_ sink: Sink) { self.sink = sink }

    @inline(__always)
    mutating func take(_ line: RawSpan, number: Int) {
        guard line.byteCount > 0 else { return }
        do throws(TraceFlaw) {
            if line.byte(0) == UInt8(ascii: "#") {
                guard let entries = try TraceNote.entries(line) else { return }
                sink.take(entries: entries, line, number: number)
            } else {
                try record(line, number)
            }
        } catch {
            sink.take(error, line, number: number)
        }
    }

    @inline(__always)
    private mutating func record(_ line: RawSpan, _ number: Int) throws(TraceFlaw) {
        guard let head = TraceHead(line) else { throw TraceNote.stranger(line) }
        if let mapping = try TraceEventText.mapping(line, head) {
            sink.take(mapping, head, line, number: number)
        } else {
            sink.take(try TraceEventText.event(line, head), head, line, number: number)
        }
    }
}
