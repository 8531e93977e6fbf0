// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads the `trace` file of a tracefs instance.
package enum TraceText {
    /// Reads a whole trace; events that the kernel says it lost are damage.
    package static func parse(_ text: RawText) -> Parsed<TraceRecord> { parse(text.lines) }

    /// Reads lines of a trace in their order.
    package static func parse(_ lines: [RawLine]) -> Parsed<TraceRecord> {
        Parsed.each(lines, record)
    }

    /// Reads one line; comments and empty lines hold no record.
    ///
    /// - Throws: `Damage` for lost events and for a line that is not a record.
    package static func record(_ line: RawLine) throws(Damage) -> TraceRecord? {
        if line.text.isEmpty { return nil }
        if line.text.hasPrefix("#") { return try comment(line) }
        if isLoss(line.text) { throw Damage(.lost, line, expected: "no loss of events") }
        guard let head = TraceHead(line.text) else {
            throw Damage(.unparsable, line, expected: "COMM-PID [CPU] FLAGS TIME: EVENT: …")
        }
        return TraceRecord(
            command: head.command, process: head.process, cpu: head.cpu, flags: head.flags,
            time: head.time, event: try TraceEventText.event(head.name, head.body, line),
            line: line)
    }

    /// `CPU:0 [LOST 12 EVENTS]`, `CPU:1 [EVENTS DROPPED]` (`kernel/trace/trace.c`, 6.1).
    private static func isLoss(_ text: String) -> Bool {
        text.hasPrefix("CPU:") && text.contains("[") && text.contains("EVENTS")
    }

    /// `# entries-in-buffer/entries-written: 228/3286`: the rest was overwritten.
    private static func comment(_ line: RawLine) throws(Damage) -> TraceRecord? {
        var scanner = LineScanner(line.text)
        guard scanner.upTo("entries-in-buffer/entries-written:") != nil else { return nil }
        scanner.skipSpaces()
        guard let held = scanner.decimal(), scanner.skip("/"), let written = scanner.decimal()
        else { throw Damage(.unparsable, line, expected: "two counts of entries") }
        guard held == written else {
            throw Damage(.lost, line, expected: "all written entries in the buffer")
        }
        return nil
    }
}
