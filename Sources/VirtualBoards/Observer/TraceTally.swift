// SPDX-License-Identifier: GPL-3.0-or-later

/// Counts what QEMU's trace points say, in memory that does not grow with the number of messages.
///
/// Between two lines of any other kind, equal lines of frequent trace points become one with its
/// count, in the order of their first.
package struct TraceTally {
    /// How much text one window may hold; what comes then is counted as lost.
    package static let largest = 16 << 20
    /// Longer than any line of QEMU: what has no end before it is lost.
    package static let longestLine = 4096

    private var pending: [UInt8] = []
    private var text: [UInt8] = []
    private var counts: [(line: [UInt8], count: UInt64)] = []
    private var places: [[UInt8]: Int] = [:]
    private var bytesCounted = 0
    private var lost: UInt64 = 0

    /// Begins with nothing counted.
    package init() {}

    /// Takes what QEMU wrote, however it is split.
    package mutating func take(_ bytes: some Collection<UInt8>) {
        let pieces = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (place, piece) in pieces.enumerated() {
            if place > 0 { endLine() }
            pending.append(contentsOf: piece.prefix(Self.longestLine - pending.count))
        }
    }

    /// Gives the lines since the last cut, each behind its count, and begins anew.
    package mutating func cut() -> String {
        settle()
        if lost > 0 { text += Array("lost \(lost)\n".utf8) }
        defer { (text, lost) = ([], 0) }
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func endLine() {
        defer { pending.removeAll(keepingCapacity: true) }
        guard !pending.isEmpty else { return }
        if pending.count == Self.longestLine {
            lost += 1
        } else if TracePoint.isFrequent(pending) {
            count(pending)
        } else {
            settle()
            write(pending, count: 1)
        }
    }

    private mutating func count(_ line: [UInt8]) {
        if let place = places[line] {
            counts[place].count += 1
            return
        }
        if text.count + bytesCounted > Self.largest { settle() }
        places[line] = counts.count
        counts.append((line, 1))
        bytesCounted += line.count
    }

    private mutating func settle() {
        for (line, count) in counts { write(line, count: count) }
        counts.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
        bytesCounted = 0
    }

    private mutating func write(_ line: [UInt8], count: UInt64) {
        guard text.count <= Self.largest else {
            lost += count
            return
        }
        text += Array("\(count) ".utf8)
        text += line
        text.append(UInt8(ascii: "\n"))
    }
}
