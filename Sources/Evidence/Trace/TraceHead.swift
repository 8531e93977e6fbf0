// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// The part of a trace line before the event's own text.
struct TraceHead {
    let command: String
    let process: Int32
    let cpu: UInt32
    let flags: String
    let time: BoardInstant
    let name: String
    let body: Substring

    /// Reads `COMM-PID [(TGID)] [CPU] [FLAGS] SECONDS.MICROSECONDS: NAME: BODY`.
    ///
    /// A command may hold spaces, dashes and brackets, so each `[` is tried as the CPU's.
    init?(_ text: String) {
        for open in text.indices where text[open] == "[" {
            guard let (command, process) = Self.task(text[..<open]) else { continue }
            var scanner = LineScanner(text[text.index(after: open)...])
            guard let cpu = scanner.decimal(), let cpu = UInt32(exactly: cpu), scanner.skip("]"),
                let (flags, time) = Self.moment(&scanner), let name = scanner.upTo(":"),
                !name.isEmpty, !name.contains(" ")
            else { continue }
            (self.command, self.process, self.cpu) = (command, process, cpu)
            (self.flags, self.time, self.name) = (flags, time, String(name))
            scanner.skipSpaces()
            body = scanner.rest
            return
        }
        return nil
    }

    /// Takes `COMM-PID` with an optional `(TGID)` behind it apart at the last dash.
    private static func task(_ text: Substring) -> (String, Int32)? {
        var words = text.split(separator: " ", omittingEmptySubsequences: true)
        if words.last?.hasSuffix(")") == true {
            let open = words.lastIndex { $0.hasPrefix("(") }
            guard let open else { return nil }
            words.removeSubrange(open...)
        }
        guard let last = words.last, let dash = last.lastIndex(of: "-"),
            last[last.index(after: dash)...].allSatisfy(\.isWholeNumber),
            let process = Int32(last[last.index(after: dash)...])
        else { return nil }
        let command = text[..<last.endIndex].drop { $0 == " " }
        return (String(command[..<dash]), process)
    }

    /// Takes flags, where there are any, and the time with its colon.
    private static func moment(_ scanner: inout LineScanner) -> (String, BoardInstant)? {
        guard var word = scanner.word() else { return nil }
        var flags = ""
        if !word.hasSuffix(":") {
            flags = String(word)
            guard let next = scanner.word() else { return nil }
            word = next
        }
        guard word.hasSuffix(":"), let time = instant(word.dropLast()) else { return nil }
        scanner.skipSpaces()
        return (flags, time)
    }

    /// Reads `4.577489`: seconds and exactly six or nine digits of fraction.
    private static func instant(_ text: Substring) -> BoardInstant? {
        var scanner = LineScanner(text)
        guard let seconds = scanner.decimal(), scanner.skip(".") else { return nil }
        let digits = scanner.rest.count
        guard digits == 6 || digits == 9, let fraction = scanner.decimal(), scanner.isAtEnd else {
            return nil
        }
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, carried) = whole.addingReportingOverflow(fraction * (digits == 6 ? 1000 : 1))
        return overflow || carried ? nil : BoardInstant(rawValue: sum)
    }
}
