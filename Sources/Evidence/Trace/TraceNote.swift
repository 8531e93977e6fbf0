// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads what is no record in a trace.
enum TraceNote {
    /// `CPU:0 [LOST 12 EVENTS]`, `CPU:1 [EVENTS DROPPED]` (`kernel/trace/trace.c`, 6.1), or a line
    /// that nobody knows.
    static func stranger(_ line: RawSpan) -> TraceFlaw {
        let text = line.text(0..<line.byteCount)
        if text.hasPrefix("CPU:") && text.contains("[") && text.contains("EVENTS") {
            return .lostEvents
        }
        return .noRecord
    }

    /// `# entries-in-buffer/entries-written: 228/228`: how many records the text holds; nothing for
    /// another comment.
    ///
    /// - Throws: `TraceFlaw` where more were written than are in the buffer: the rest was
    ///   overwritten.
    static func entries(_ line: RawSpan) throws(TraceFlaw) -> UInt64? {
        var scanner = LineScanner(line.text(0..<line.byteCount))
        guard scanner.upTo("entries-in-buffer/entries-written:") != nil else { return nil }
        scanner.skipSpaces()
        guard let held = scanner.decimal(), scanner.skip("/"), let written = scanner.decimal()
        else { throw TraceFlaw.noCounts }
        guard held == written else {
            throw TraceFlaw.overwritten
        }
        return held
    }
}
