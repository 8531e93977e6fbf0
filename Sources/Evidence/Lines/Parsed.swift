// SPDX-License-Identifier: GPL-3.0-or-later

/// What a parser made of a text: the values it read, and the lines it could not.
package struct Parsed<Value: Sendable>: Sendable {
    package var values: [Value] = []
    package var damage: [Damage] = []

    package init(values: [Value] = [], damage: [Damage] = []) {
        self.values = values
        self.damage = damage
    }

    /// Reads each line of a text that a board ends with a newline: where that is missing, the text
    /// was cut, and half a word may be a word too.
    static func each(
        _ text: RawText, _ parse: (RawLine) throws(Damage) -> Value?
    ) -> Self {
        var lines = text.lines
        guard let last = lines.last, text.text.utf8.last != .newline else {
            return each(lines, parse)
        }
        lines.removeLast()
        var parsed = each(lines, parse)
        parsed.damage.append(Damage(.incomplete, last, expected: "a whole line"))
        return parsed
    }

    /// Reads each line with `parse`, which answers nothing for a line that holds no value.
    static func each(
        _ lines: some Sequence<RawLine>, _ parse: (RawLine) throws(Damage) -> Value?
    ) -> Self {
        var parsed = Self()
        for line in lines {
            do throws(Damage) {
                if let value = try parse(line) { parsed.values.append(value) }
            } catch {
                parsed.damage.append(error)
            }
        }
        return parsed
    }
}

extension Parsed: Codable where Value: Codable {}
extension Parsed: Equatable where Value: Equatable {}
