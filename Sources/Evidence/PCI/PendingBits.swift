// SPDX-License-Identifier: GPL-3.0-or-later

package import Vocabulary

/// Reads the pending bit array of MSI-X (PCIe 5.0, 7.7.2.8): a word of 64 bits a line, in hex.
package enum PendingBitsText {
    /// Gives the vectors whose bits are set, line by line.
    package static func parse(_ text: RawText) -> Parsed<[VectorIndex]> {
        Parsed.each(text) { (line) throws(Damage) -> [VectorIndex]? in
            if line.text.isEmpty { return nil }
            guard let word = Hexadecimal.value(line.text), line.number <= 32 else {
                throw Damage(.unparsable, line, expected: "one of 32 words in hex")
            }
            let first = UInt32(line.number - 1) * 64
            return (0..<64).filter { word >> $0 & 1 == 1 }
                .map { VectorIndex(rawValue: first + $0) }
        }
    }
}
