// SPDX-License-Identifier: GPL-3.0-or-later
import Vocabulary

/// Writes a flattened device tree (Devicetree Specification 0.4, chapter 5).
struct FlattenedTree {
    private var structure: [UInt8] = []
    private var strings: [UInt8] = []
    private var offsets: [String: UInt32] = [:]

    mutating func node(_ name: String, _ body: (inout FlattenedTree) -> Void) {
        structure += Self.big(1) + Array(name.utf8) + [0]
        align()
        body(&self)
        structure += Self.big(2)
    }

    mutating func cells(_ name: String, _ cells: [UInt32]) {
        property(name, cells.flatMap(Self.big))
    }

    mutating func text(_ name: String, _ text: String) { property(name, Array(text.utf8) + [0]) }

    mutating func empty(_ name: String) { property(name, []) }

    private mutating func property(_ name: String, _ bytes: [UInt8]) {
        structure += Self.big(3) + Self.big(UInt32(bytes.count)) + Self.big(offset(of: name))
        structure += bytes
        align()
    }

    private mutating func offset(of name: String) -> UInt32 {
        if let known = offsets[name] { return known }
        let offset = UInt32(strings.count)
        offsets[name] = offset
        strings += Array(name.utf8) + [0]
        return offset
    }

    private mutating func align() {
        while !structure.count.isMultiple(of: 4) { structure.append(0) }
    }

    /// Header, an empty reservation map, structure and strings.
    var bytes: [UInt8] {
        let whole = structure + Self.big(9)
        let start: UInt32 = 40 + 16
        let words: [UInt32] = [
            0xd00d_feed, start + UInt32(whole.count + strings.count), start,
            start + UInt32(whole.count), 40, 17, 16, 0, UInt32(strings.count), UInt32(whole.count),
        ]
        return words.flatMap(Self.big) + [UInt8](repeating: 0, count: 16) + whole + strings
    }

    private static func big(_ word: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) }
    }

    /// As `od -Ax -tx1` prints it.
    var dump: String {
        let bytes = self.bytes
        return stride(from: 0, to: bytes.count, by: 16).map { start in
            let row = bytes[start..<min(start + 16, bytes.count)]
            return Hexadecimal.digits(UInt64(start), width: 6)
                + row.map { " " + Hexadecimal.digits(UInt64($0), width: 2) }.joined() + "\n"
        }.joined() + Hexadecimal.digits(UInt64(bytes.count), width: 6) + "\n"
    }
}
