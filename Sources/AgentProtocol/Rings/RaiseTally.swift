// SPDX-License-Identifier: GPL-3.0-or-later

/// Enters each raise of a vector into one of three accounts, and signals that nobody raised into a
/// fourth: `raised` is the sum of `arrived`, `merged` and `lost`.
package struct RaiseTally: Sendable, Equatable {
    package private(set) var raised: UInt64 = 0
    /// Raises that were answered by a signal of their own.
    package private(set) var arrived: UInt64 = 0
    /// Raises of a burst that came within another's signal: edge interrupts merge while one is
    /// pending.
    package private(set) var merged: UInt64 = 0
    /// Raises that no signal followed.
    package private(set) var lost: UInt64 = 0
    /// Signals beyond all raises.
    package private(set) var spurious: UInt64 = 0

    package init() {}

    /// Enters a burst of raises.
    ///
    /// The last raise of a burst is answered by a signal behind it, whatever merged before: a pending
    /// interrupt takes in only what comes before its handler runs.
    ///
    /// - Parameters:
    ///   - burst: how many raises it had, at least one.
    ///   - before: the signals that came before the last raise.
    ///   - behind: the signals that came after it.
    package mutating func enter(burst: UInt64, before: UInt64, behind: UInt64) {
        raised += burst
        let came = before &+ behind
        if came >= burst, behind > 0 {
            arrived += burst
            return enter(late: came - burst)
        }
        // Of the raises before the last, signals before it say how many came.
        let missing: UInt64 = behind > 0 ? 0 : came == 0 ? burst : 1
        let own = min(came, burst - missing)
        lost += missing
        arrived += own
        merged += burst - missing - own
        enter(late: came - own)
    }

    /// Enters signals that came when nothing was awaited: they belong to raises that seemed to have
    /// merged, as long as there are such.
    package mutating func enter(late signals: UInt64) {
        let own = min(signals, merged)
        merged -= own
        arrived += own
        spurious &+= signals - own
    }
}
