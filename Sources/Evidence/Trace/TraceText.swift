// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Reads the `trace` file of a tracefs instance.
package enum TraceText {
    /// Reads a whole trace.
    ///
    /// Damage are events that the kernel says it lost, a clock that goes back, half a line at the
    /// end, and fewer or more records than the header tells of. Where processes are given, only
    /// their maps and unmaps are kept: those of others are read and checked as well, but leave no record.
    package static func parse(
        _ text: RawText, of processes: Set<Int32>? = nil
    ) -> Parsed<TraceRecord> {
        var reader = TraceReader(TraceRecords(file: text.file, processes: processes))
        var lines = ByteLines()
        lines.feed(text.text.utf8.span.bytes, into: &reader)
        reader.sink.isCut = true
        _ = lines.finish(into: &reader)
        var parsed = reader.sink.parsed
        if let damage = reader.sink.order.damage(file: text.file) { parsed.damage.append(damage) }
        return parsed
    }

    /// Reads lines of one trace in their order, which need not be all of its lines.
    package static func parse(_ lines: [RawLine]) -> Parsed<TraceRecord> {
        let file = lines.first?.file ?? ""
        var reader = TraceReader(TraceRecords(file: file, processes: nil))
        for line in lines { reader.take(line.text.utf8.span.bytes, number: line.number) }
        return reader.sink.parsed
    }

    /// Reads one line; comments and empty lines hold no record.
    ///
    /// - Throws: `Damage` for lost events and for a line that is not a record.
    package static func record(_ line: RawLine) throws(Damage) -> TraceRecord? {
        let parsed = parse([line])
        if let damage = parsed.damage.first { throw damage }
        return parsed.values.first
    }
}

/// Keeps the records of a trace, and the line of each.
private struct TraceRecords: TraceSink {
    let file: String
    let processes: Set<Int32>?
    /// Whether the line that comes now lacks its newline: half a number is a number too.
    var isCut = false
    private(set) var parsed = Parsed<TraceRecord>()
    private(set) var order = TraceOrder()

    init(file: String, processes: Set<Int32>?) {
        (self.file, self.processes) = (file, processes)
    }

    mutating func take(_ mapping: TraceMapping, _ head: TraceHead, _ line: RawSpan, number: Int) {
        let isKept = processes?.contains(head.process) ?? true
        keep(isKept ? mapping.event : nil, head, line, number)
    }

    mutating func take(_ event: TraceEvent, _ head: TraceHead, _ line: RawSpan, number: Int) {
        keep(event, head, line, number)
    }

    private mutating func keep(
        _ event: TraceEvent?, _ head: TraceHead, _ line: RawSpan, _ number: Int
    ) {
        guard !isCut else { return take(.halfLine, line, number: number) }
        if order.goesBack(to: head.time) { take(.earlierTime, line, number: number) }
        guard let event else { return }
        parsed.values.append(
            TraceRecord(
                command: line.text(head.command(in: line)), process: head.process, cpu: head.cpu,
                flags: line.text(head.flags), time: BoardInstant(rawValue: head.time),
                event: event, line: raw(line, number)))
    }

    mutating func take(entries: UInt64, _ line: RawSpan, number: Int) {
        guard !isCut else { return take(.halfLine, line, number: number) }
        order.take(entries: entries, raw(line, number))
    }

    mutating func take(_ flaw: TraceFlaw, _ line: RawSpan, number: Int) {
        let flaw = isCut ? .halfLine : flaw
        order.take(flaw)
        parsed.damage.append(Damage(flaw.what, raw(line, number), expected: flaw.expected))
    }

    private func raw(_ line: RawSpan, _ number: Int) -> RawLine {
        RawLine(file: file, number: number, text: line.text(0..<line.byteCount))
    }
}
