// SPDX-License-Identifier: GPL-3.0-or-later

/// A number from 0 to 1.
package struct Probability: Hashable, Sendable, Comparable {
    package let value: Double

    /// Takes a number, or nothing when it is not from 0 to 1.
    package init?(_ value: Double) {
        guard value >= 0, value <= 1 else { return nil }
        self.value = value
    }

    /// Takes a number of a hundred.
    init(percent: Int) { value = Double(min(max(percent, 0), 100)) / 100 }

    package static let certain = Probability(percent: 100)

    package static func < (left: Self, right: Self) -> Bool { left.value < right.value }
}
