// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// The `key=value` words of an event.
///
/// Three forms are in use: `iova=0x… - 0x… size=4096`, the older one without the end, and the
/// instance's `fields` option (6.4 and later), `iova=0x0 (0) size=0x1000 (4096)`.
struct TraceFields {
    private var values: [(key: Substring, value: Substring)] = []
    /// Words that are no `key=value`.
    private(set) var words: [Substring] = []
    /// The number behind ` - `, where the form has one.
    private(set) var end: UInt64?

    init(_ body: Substring) {
        var scanner = LineScanner(body)
        _ = scanner.skip("IOMMU:")
        while let word = scanner.word() {
            if word == "-" {
                end = scanner.word().flatMap { Hexadecimal.value($0) }
            } else if let equals = word.firstIndex(of: "=") {
                values.append((word[..<equals], word[word.index(after: equals)...]))
            } else if !word.hasPrefix("(") {
                words.append(word)
            }
        }
    }

    func text(_ key: String) -> Substring? { values.first { $0.key == key }?.value }

    /// Reads `0x1000` or `4096`; nothing when it does not fit 64 bits.
    func number(_ key: String) -> UInt64? {
        guard let text = text(key) else { return nil }
        if text.hasPrefix("0x") { return Hexadecimal.value(text) }
        return text.allSatisfy { ("0"..."9").contains($0) } ? UInt64(text) : nil
    }
}
