// SPDX-License-Identifier: GPL-3.0-or-later

/// What a parser made of a text: the values it read, and the lines it could not.
package struct Parsed<Value: Sendable>: Sendable {
    package var values: [Value] = []
    package var damage: [Damage] = []

    package init(values: [Value] = [], damage: [Damage] = []) {
        self.values = values
        self.damage = damage
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
