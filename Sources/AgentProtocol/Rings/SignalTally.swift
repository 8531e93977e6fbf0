// SPDX-License-Identifier: GPL-3.0-or-later

/// Adds up what an eventfd gave, in bounded memory and without losing what cannot be known.
///
/// The kernel counts at most 2⁶⁴ − 1 in an eventfd and stays there (`eventfd_signal`, 6.1): a read
/// of all ones says that signals were lost, and no sum means anything after it.
package struct SignalTally: Sendable, Equatable {
    /// All signals so far; stays at its end once it overflowed.
    package private(set) var total: UInt64 = 0
    package private(set) var overflowed = false

    package init() {}

    /// Takes what one read of the eventfd gave.
    /// - Returns: what may be counted of it.
    @discardableResult
    package mutating func add(_ value: UInt64) -> UInt64 {
        guard value != .max else {
            overflowed = true
            total = .max
            return 0
        }
        let (sum, overflow) = total.addingReportingOverflow(value)
        total = overflow ? .max : sum
        overflowed = overflowed || overflow
        return value
    }
}
