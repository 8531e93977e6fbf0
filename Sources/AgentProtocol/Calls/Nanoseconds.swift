// SPDX-License-Identifier: GPL-3.0-or-later

/// A length of time in nanoseconds.
package struct Nanoseconds: RawRepresentable, Hashable, Comparable, WireValue,
    CustomStringConvertible
{
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }

    /// So many nanoseconds.
    package static func nanoseconds(_ count: UInt64) -> Self { Self(rawValue: count) }
    /// So many times 1,000,000 nanoseconds.
    package static func milliseconds(_ count: UInt64) -> Self { Self(rawValue: count * 1_000_000) }
    package static let zero = Nanoseconds(rawValue: 0)

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    package var description: String { "\(rawValue) ns" }
}
