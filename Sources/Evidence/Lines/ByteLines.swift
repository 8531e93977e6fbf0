// SPDX-License-Identifier: GPL-3.0-or-later

/// Takes lines one after the other.
protocol LineTaker {
    /// Takes a line without its newline; lines are numbered from 1.
    mutating func take(_ line: RawSpan, number: Int)
}

/// Cuts chunks of bytes into lines, however they are split.
///
/// A line that lies inside one chunk is not copied; only what a chunk ends with is kept.
struct ByteLines: Sendable {
    private var number = 0
    private var pending: [UInt8] = []

    /// Hands on each line that the chunk completes.
    mutating func feed(_ chunk: RawSpan, into taker: inout some LineTaker) {
        var start = 0
        if !pending.isEmpty {
            guard let end = chunk.first(.newline, in: 0..<chunk.byteCount) else {
                return keep(chunk, from: 0)
            }
            keep(chunk.extracting(0..<end), from: 0)
            _ = finish(into: &taker)
            start = end + 1
        }
        while let end = chunk.first(.newline, in: start..<chunk.byteCount) {
            number += 1
            taker.take(chunk.extracting(start..<end), number: number)
            start = end + 1
        }
        keep(chunk, from: start)
    }

    /// Hands on what stands behind the last newline, and says whether anything does.
    mutating func finish(into taker: inout some LineTaker) -> Bool {
        guard !pending.isEmpty else { return false }
        number += 1
        taker.take(pending.span.bytes, number: number)
        pending.removeAll(keepingCapacity: true)
        return true
    }

    private mutating func keep(_ chunk: RawSpan, from start: Int) {
        for place in start..<chunk.byteCount { pending.append(chunk.byte(place)) }
    }
}

extension UInt8 {
    static let newline = UInt8(ascii: "\n")
}
