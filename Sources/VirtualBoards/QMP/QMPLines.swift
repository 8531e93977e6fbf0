// SPDX-License-Identifier: GPL-3.0-or-later

/// Cuts what a monitor socket delivers into lines, however it was split on the way.
package struct QMPLines {
    /// Longer than any honest answer; a line beyond it is garbage, not a reason to eat memory.
    package static let longest = 4 << 20

    private var pending: [UInt8] = []

    package init() {}

    /// Takes bytes and gives back the lines they complete, without line ends and empty lines.
    /// - Throws: `QMPError.garbage` when a line has no end.
    package mutating func take(_ bytes: some Collection<UInt8>) throws(QMPError) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\n"):
                if !pending.isEmpty { lines.append(pending) }
                pending.removeAll(keepingCapacity: true)
            case UInt8(ascii: "\r"):
                continue
            default:
                pending.append(byte)
            }
        }
        guard pending.count <= Self.longest else {
            throw .garbage(line: String(decoding: pending.prefix(400), as: UTF8.self))
        }
        return lines
    }
}
