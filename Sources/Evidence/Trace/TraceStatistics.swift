// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads `per_cpu/cpu*/stats` of a tracefs instance for what was lost.
package enum TraceStatistics {
    /// The counters of events that never reached a reader (`kernel/trace/trace.c`, 6.1).
    private static let losses = ["overrun", "commit overrun", "dropped events"]

    /// Gives each counter that is not zero as damage; the others hold nothing.
    package static func parse(_ text: RawText) -> Parsed<Never> {
        Parsed.each(text) { (line) throws(Damage) -> Never? in
            let parts = line.text.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, losses.contains(String(parts[0])) else { return nil }
            let count = parts[1].drop { $0 == " " }
            guard let count = UInt64(count) else {
                throw Damage(.unparsable, line, expected: "a count of events")
            }
            guard count == 0 else { throw Damage(.lost, line, expected: "no loss of events") }
            return nil
        }
    }
}
