// SPDX-License-Identifier: GPL-3.0-or-later

/// Whether the records of a trace make a whole: their times, and their number.
struct TraceOrder: Sendable {
    private var time: UInt64 = 0
    private var records: UInt64 = 0
    private var header: (entries: UInt64, line: RawLine)?
    private var isOverwritten = false

    /// Counts a record, and says whether its time lies before that of the one above.
    ///
    /// The kernel merges the buffers of all CPUs by time, so that it never goes back in a whole
    /// text (`__find_next_entry`, `kernel/trace/trace.c`, 6.1).
    @inline(__always)
    mutating func goesBack(to time: UInt64) -> Bool {
        defer { self.time = time }
        records &+= 1
        return time < self.time
    }

    mutating func take(entries: UInt64, _ line: RawLine) { header = (entries, line) }

    mutating func take(_ flaw: TraceFlaw) { if flaw.what == .lost { isOverwritten = true } }

    /// Compares with the header, which the kernel prints even above an empty trace
    /// (`trace_default_header`, `kernel/trace/trace.c`, 6.1); the lines of one that was
    /// overwritten are not counted, it is damaged as it is.
    func damage(file: String) -> Damage? {
        guard !isOverwritten else { return nil }
        guard let header else {
            return Damage(
                .incomplete, RawLine(file: file, number: 1, text: ""),
                expected: "a header with the count of entries")
        }
        guard header.entries != records else { return nil }
        return Damage(
            .incomplete, header.line,
            expected: "\(header.entries) entries below, of which \(records) can be read")
    }
}
