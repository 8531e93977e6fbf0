// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads what QEMU's trace points said: a line with the names of those that were on, and then each
/// of their lines behind the number of times that it came.
package enum ObserverText {
    /// Reads a text; a line that nobody understands is damage, and so is what was lost.
    package static func parse(_ text: RawText) -> (window: ObserverWindow, damage: [Damage]) {
        var window = ObserverWindow()
        let parsed = Parsed<ObserverRecord>.each(text) { (line) throws(Damage) in
            if line.number > 1 { return try record(line, among: window.points) }
            window.points = try points(line)
            return nil
        }
        window.records = parsed.values
        guard text.text.isEmpty else { return (window, parsed.damage) }
        let nothing = RawLine(file: text.file, number: 1, text: "")
        return (window, [Damage(.incomplete, nothing, expected: "the names of trace points")])
    }

    private static func points(_ line: RawLine) throws(Damage) -> Set<String> {
        let words = line.text.split(separator: " ")
        guard words.first == "points" else {
            throw Damage(.unparsable, line, expected: "'points' and the names of trace points")
        }
        return Set(words.dropFirst().map(String.init))
    }

    private static func record(
        _ line: RawLine, among points: Set<String>
    ) throws(Damage) -> ObserverRecord? {
        var scanner = LineScanner(line.text)
        if scanner.skip("lost ") { throw Damage(.lost, line, expected: "no loss of lines") }
        guard let count = scanner.decimal(), count > 0, scanner.skip(" "),
            let name = scanner.word().map(String.init), points.contains(name)
        else {
            throw Damage(.unparsable, line, expected: "a count and a trace point that is on")
        }
        scanner.skipSpaces()
        guard let event = ObserverEvent(name: name, fields: scanner.rest) else {
            throw Damage(.unparsable, line, expected: "the fields of \(name)")
        }
        return ObserverRecord(event: event, count: count, line: line)
    }
}
