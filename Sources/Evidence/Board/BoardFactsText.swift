// SPDX-License-Identifier: GPL-3.0-or-later

/// Small facts of a running board, a `key=value` line for each.
package enum BoardFactsText {
    /// Writes them down.
    package static func text(_ facts: KeyValuePairs<String, String>) -> String {
        facts.map { "\($0.key)=\($0.value)\n" }.joined()
    }

    /// One fact and the line it stands in.
    package struct Fact: Sendable, Hashable, Codable {
        package let key: String
        package let value: String
        package let line: RawLine

        package init(key: String, value: String, line: RawLine) {
            self.key = key
            self.value = value
            self.line = line
        }
    }

    /// Reads each fact; a line without `=` is damage.
    package static func parse(_ text: RawText) -> Parsed<Fact> {
        Parsed.each(text.lines) { (line) throws(Damage) -> Fact? in
            if line.text.isEmpty { return nil }
            guard let equals = line.text.firstIndex(of: "="), equals != line.text.startIndex else {
                throw Damage(.unparsable, line, expected: "KEY=VALUE")
            }
            return Fact(
                key: String(line.text[..<equals]),
                value: String(line.text[line.text.index(after: equals)...]), line: line)
        }
    }
}
