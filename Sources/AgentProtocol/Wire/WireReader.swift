// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads what `WireWriter` wrote, from bytes that nobody vouches for.
package struct WireReader {
    private let bytes: [UInt8]
    /// How many bytes are read already.
    package private(set) var offset = 0

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// How many bytes are still there.
    package var left: Int { bytes.count - offset }

    /// Reads a number, its lowest byte first.
    package mutating func integer<Number: FixedWidthInteger>(
        _: Number.Type = Number.self
    ) throws(WireError) -> Number {
        let width = Number.bitWidth / 8
        try want(width)
        var value: UInt64 = 0
        for index in 0..<width {
            value |= UInt64(bytes[offset + index]) << UInt64(8 * index)
        }
        offset += width
        return Number(truncatingIfNeeded: value)
    }

    /// Reads a count of bytes as they are.
    package mutating func raw(_ count: Int) throws(WireError) -> [UInt8] {
        try want(count)
        defer { offset += count }
        return Array(bytes[offset..<offset + count])
    }

    /// Refuses bytes behind the last value.
    package func finish() throws(WireError) {
        guard left == 0 else { throw .trailing(offset: offset, count: left) }
    }

    private func want(_ count: Int) throws(WireError) {
        guard count >= 0, count <= left else {
            throw .truncated(offset: offset, needed: count, left: left)
        }
    }
}
