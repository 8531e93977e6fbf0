// SPDX-License-Identifier: GPL-3.0-or-later

/// Counts latencies in bounded memory: exact at both ends, within 1/32 in between.
///
/// Buckets are 32 to each power of two, so an hour and a microsecond fit the same table.
package struct LatencyHistogram: Sendable {
    private static let perOctave = 32
    private var buckets = [UInt32](repeating: 0, count: 1920)
    /// How many latencies were recorded.
    package private(set) var count: UInt32 = 0
    /// The smallest one; zero while nothing was recorded.
    package private(set) var shortest = Nanoseconds.zero
    package private(set) var longest = Nanoseconds.zero

    package init() {}

    /// Counts one latency.
    package mutating func record(_ latency: Nanoseconds) {
        buckets[Self.bucket(of: latency.rawValue)] += 1
        shortest = count == 0 ? latency : min(shortest, latency)
        longest = max(longest, latency)
        count += 1
    }

    /// Estimates below what the given share of all latencies lies, 50 for the median.
    package func percentile(_ percent: UInt32) -> Nanoseconds {
        let rank = max(1, (UInt64(count) * UInt64(percent) + 99) / 100)
        var seen: UInt64 = 0
        for (index, filled) in buckets.enumerated() {
            seen += UInt64(filled)
            if seen >= rank {
                return min(max(Self.middle(of: index), shortest), longest)
            }
        }
        return .zero
    }

    private static func bucket(of value: UInt64) -> Int {
        guard value >= 32 else { return Int(value) }
        let shift = 58 - value.leadingZeroBitCount
        return shift * perOctave + Int(value >> UInt64(shift))
    }

    private static func middle(of bucket: Int) -> Nanoseconds {
        guard bucket >= 64 else { return Nanoseconds(rawValue: UInt64(bucket)) }
        let shift = UInt64(bucket / perOctave - 1)
        let start = UInt64(bucket % perOctave + perOctave) << shift
        return Nanoseconds(rawValue: start + (1 << shift) / 2)
    }
}
