// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// A number that a foreign program states on a diagnostic line: `# NAME: NUMBER UNIT`.
///
/// KUnit writes what a test tells so: `# NAME OF THE TEST: …` (`kunit_printk` in
/// `include/kunit/test.h`, 6.12).
package struct StatedMeasure: Sendable, Hashable {
    package let name: MeasureName
    package let value: Measured
    package let line: RawLine

    /// Reads a line, indented or not; nothing for any other.
    package init?(_ line: RawLine) {
        let text = line.text.prefix(Self.longest).drop { $0 == " " || $0 == "\t" }
        guard text.first == "#", let colon = text.lastIndex(of: ":") else { return nil }
        let words = text[text.index(after: colon)...].drop { $0 == " " }
        let last = words.lastIndex { $0 != " " && $0 != "\r" }
        guard let name = MeasureName(String(text[..<colon].dropFirst().drop { $0 == " " })),
            let last, let value = Measured(words[...last])
        else { return nil }
        self.name = name
        self.value = value
        self.line = line
    }

    private static let longest = 200
}

extension StatedMeasure {
    /// The lowest and the highest number of each name, in the order in which names are first stated.
    ///
    /// A program may state a number again and again; one of another unit than the name has is none.
    package static func extremes(
        in text: RawText, of units: [MeasureName: MeasureUnit]
    ) -> [StatedMeasure] {
        var order: [MeasureName] = []
        var found: [MeasureName: (low: StatedMeasure, high: StatedMeasure)] = [:]
        for stated in text.lines.compactMap(StatedMeasure.init)
        where units[stated.name] == stated.value.unit {
            guard let known = found[stated.name] else {
                order.append(stated.name)
                found[stated.name] = (stated, stated)
                continue
            }
            if stated.value.amount < known.low.value.amount { found[stated.name]?.low = stated }
            if stated.value.amount > known.high.value.amount { found[stated.name]?.high = stated }
        }
        return order.compactMap { found[$0] }.flatMap {
            $0.low == $0.high ? [$0.low] : [$0.low, $0.high]
        }
    }
}
