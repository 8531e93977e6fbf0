// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// One entry of an MSI-X table (PCI Local Bus 3.0, 6.8.2).
package struct MSIXEntry: Sendable, Hashable, Codable {
    package let vector: VectorIndex
    package let message: MSIMessage
    package let masked: Bool
    package let line: RawLine

    package init(vector: VectorIndex, message: MSIMessage, masked: Bool, line: RawLine) {
        self.vector = vector
        self.message = message
        self.masked = masked
        self.line = line
    }
}

/// Reads an MSI-X table: a line for each entry, four 32-bit words in hex, in the table's order.
package enum MSIXTableText {
    /// Reads each entry; the line's place is the vector's number.
    package static func parse(_ text: RawText) -> Parsed<MSIXEntry> {
        Parsed.each(text, entry)
    }

    private static func entry(_ line: RawLine) throws(Damage) -> MSIXEntry? {
        let words = line.text.split(separator: " ")
        if words.isEmpty { return nil }
        let numbers = words.compactMap { Hexadecimal.value($0).flatMap(UInt32.init(exactly:)) }
        guard numbers.count == 4, words.count == 4 else {
            throw Damage(.unparsable, line, expected: "four 32-bit words in hex")
        }
        let address = UInt64(numbers[1]) << 32 | UInt64(numbers[0])
        return MSIXEntry(
            vector: VectorIndex(rawValue: UInt32(line.number - 1)),
            message: MSIMessage(address: MessageAddress(rawValue: address), data: numbers[2]),
            masked: numbers[3] & 1 != 0, line: line)
    }
}
