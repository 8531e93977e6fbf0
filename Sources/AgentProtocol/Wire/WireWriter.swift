// SPDX-License-Identifier: GPL-3.0-or-later

/// Collects bytes, numbers in little endian.
package struct WireWriter {
    /// What was written so far.
    package private(set) var bytes: [UInt8] = []

    package init() {}

    /// Appends a number, its lowest byte first.
    package mutating func integer<Number: FixedWidthInteger>(_ number: Number) {
        var rest = number
        for _ in 0..<Number.bitWidth / 8 {
            bytes.append(UInt8(truncatingIfNeeded: rest))
            rest >>= Number.bitWidth > 8 ? 8 : 0
        }
    }

    /// Appends bytes as they are, without their count.
    package mutating func raw(_ more: [UInt8]) {
        bytes.append(contentsOf: more)
    }
}
