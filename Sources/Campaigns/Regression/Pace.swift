// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// How long kernels are made and booted, and how many boards that is worth.
///
/// One machine makes kernels, one after the other. Where that takes longer than a boot, another board
/// only waits for its kernel, and what the first one tells meanwhile would have been worth more.
package struct Pace: Sendable, Hashable {
    /// What the last one took; nothing while none was made, or none was booted.
    package var make: Duration?
    package var boot: Duration?

    package init(make: Duration? = nil, boot: Duration? = nil) {
        (self.make, self.boot) = (make, boot)
    }

    /// How many of so many boards to use at once: k boards learn log₂(k + 1) bits in the time for k
    /// kernels and a boot.
    package func boards(of count: Int) -> Int {
        guard let make, let boot, make > .zero, count > 1 else { return count }
        let rate = { (k: Int) in log2(Double(k) + 1) / (Double(k) * (make / boot) + 1) }
        return (1...count).max { (rate($0), $1) < (rate($1), $0) } ?? count
    }
}
