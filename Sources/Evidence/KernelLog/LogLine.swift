// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// A line of the kernel's log.
package struct LogLine: Sendable, Hashable, Codable {
    /// Since boot; nothing where the line has no time stamp.
    package let time: BoardInstant?
    package let message: String
    package let line: RawLine

    package init(time: BoardInstant?, message: String, line: RawLine) {
        self.time = time
        self.message = message
        self.line = line
    }
}

/// Reads `dmesg` output: `[    4.569571] vfio-pci 0000:00:02.0: …`.
///
/// No line is ever wrong here: what has no time stamp is a message all the same.
package enum KernelLogText {
    /// Reads each line, in the log's order.
    package static func parse(_ text: RawText) -> [LogLine] {
        text.lines.map { line in
            var scanner = LineScanner(line.text)
            if scanner.skip("<"), scanner.upTo(">") == nil { scanner = LineScanner(line.text) }
            guard let time = stamp(&scanner) else {
                return LogLine(time: nil, message: line.text, line: line)
            }
            return LogLine(time: time, message: String(scanner.rest), line: line)
        }
    }

    private static func stamp(_ scanner: inout LineScanner) -> BoardInstant? {
        var inner = scanner
        guard inner.skip("[") else { return nil }
        inner.skipSpaces()
        guard let seconds = inner.decimal(), inner.skip("."), let fraction = inner.decimal(),
            fraction < 1_000_000, inner.skip("] ")
        else { return nil }
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, carried) = whole.addingReportingOverflow(fraction * 1000)
        guard !overflow, !carried else { return nil }
        scanner = inner
        return BoardInstant(rawValue: sum)
    }
}
