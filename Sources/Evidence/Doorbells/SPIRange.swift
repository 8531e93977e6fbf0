// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Makes ranges of what firmware states as a first interrupt and a count.
enum SPIRange {
    /// The interrupts of a GICv2m frame, if the driver accepts them: from 32, and base and count
    /// together at most 1019 (`is_msi_spi_valid`, `irq-gic-v2m.c`, 6.12).
    static func frame(first: UInt32, count: UInt32) -> ClosedRange<InterruptID>? {
        guard first >= 32, count > 0, first <= 1019, count <= 1019 - first else { return nil }
        return InterruptID(rawValue: first)...InterruptID(rawValue: first + count - 1)
    }

    /// The interrupts of an MBI range: SPIs, or extended SPIs from 4096 to 5119 (GICv3
    /// architecture, 2.2.1).
    static func messages(first: UInt32, count: UInt32) -> ClosedRange<InterruptID>? {
        let limit: UInt32 = first >= 4096 ? 5120 : 1020
        guard first >= 32, count > 0, first < limit, count <= limit - first else { return nil }
        return InterruptID(rawValue: first)...InterruptID(rawValue: first + count - 1)
    }
}
