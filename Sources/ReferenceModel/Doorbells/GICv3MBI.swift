// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Message based interrupts of a GICv3, written to its distributor or to an alias of it
/// (`drivers/irqchip/irq-gic-v3-mbi.c`, 6.12).
enum GICv3MBI {
    /// `GICD_SETSPI_NSR`.
    static let setSPIRegister: UInt64 = 0x0040
    /// `GICD_SETSPI_NSR` to `GICD_CLRSPI_SR` (GICv3 architecture, 12.9).
    static let messageRegisters = ByteCount.bytes(0x20)
    /// An alias is a page of its own.
    static let size = ByteCount.kibibytes(64)

    /// A block takes a power of two of a run, aligned on the run's beginning, not on the interrupt
    /// ID (`bitmap_find_free_region` in `mbi_irq_domain_alloc`, 6.12).
    static func bases(
        _ ranges: [ClosedRange<InterruptID>], _ context: VectorContext
    ) -> [DataRun] {
        let step = context.alignment
        return ranges.compactMap { spis in
            let (last, below) = spis.upperBound.rawValue.subtractingReportingOverflow(step - 1)
            return below ? nil : DataRun(first: spis.lowerBound.rawValue, last: last, step: step)
        }
    }

    static func data(
        _ ranges: [ClosedRange<InterruptID>], _ context: VectorContext
    ) -> VectorData {
        if let interrupt = context.interrupt { return .exactly(interrupt.rawValue) }
        return .within(bases(ranges, context))
    }
}
