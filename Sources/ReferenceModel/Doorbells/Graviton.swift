// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Amazon Graviton's frame, known by the OEM ID `AMAZON` of its MADT: the address names the
/// interrupt and the data is 0 (`gicv2m_get_msi_addr`, `irq-gic-v2m.c`, 6.12).
enum Graviton {
    /// Where the registers of a frame end: two pages of 4 KiB.
    static let size = ByteCount.kibibytes(8)

    /// The driver joins base and offset with an *or*.
    static func register(
        _ interrupt: InterruptID, _ spis: ClosedRange<InterruptID>, _ base: PhysicalAddress
    ) -> PhysicalAddress? {
        guard interrupt.rawValue >= 32, spis.contains(interrupt) else { return nil }
        return PhysicalAddress(rawValue: base.rawValue | UInt64(interrupt.rawValue - 32) << 3)
    }

    /// The registers of all interrupts, no more than a GIC has (32…1019).
    static func registers(
        _ spis: ClosedRange<InterruptID>, _ base: PhysicalAddress
    ) -> [PhysicalAddress] {
        let last = min(spis.upperBound.rawValue, 1019)
        guard spis.lowerBound.rawValue <= last else { return [] }
        return (spis.lowerBound.rawValue...last).compactMap {
            register(InterruptID(rawValue: $0), spis, base)
        }
    }

    static func interrupt(
        at address: PhysicalAddress, _ spis: ClosedRange<InterruptID>, _ base: PhysicalAddress
    ) -> InterruptID? {
        let last = min(spis.upperBound.rawValue, 1019)
        guard spis.lowerBound.rawValue <= last else { return nil }
        return (spis.lowerBound.rawValue...last).lazy.map { InterruptID(rawValue: $0) }
            .first { register($0, spis, base) == address }
    }
}
