// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// The interrupt translation service of a GICv3.
enum GICv3ITS {
    /// `GITS_TRANSLATER`, in its own 64 KiB page (`include/linux/irqchip/arm-gic-v3.h`, 6.12).
    static let translaterRegister: UInt64 = 0x10040
    /// Where that page begins, behind the one that the driver controls the service by.
    static let translationPage: UInt64 = 0x10000
    static let translationSize = ByteCount.kibibytes(64)

    /// The most events that a device can have: Linux keeps 16 bits of LPIs, of which the first
    /// 8192 are no LPIs (`ITS_MAX_LPI_NRBITS`, `its_lpi_init`, `irq-gic-v3-its.c`, 6.12).
    static let lastEvent: UInt32 = (1 << 16) - 8192 - 1

    /// The events of a fresh device count from 0; those of a shared one begin where the others
    /// left room, each block at a multiple of its size (`its_alloc_device_irq`, 6.12).
    static func data(_ context: VectorContext) -> VectorData {
        guard context.sharesDevice else { return .exactly(context.vector.rawValue) }
        return .within(
            [DataRun(first: 0, last: lastEvent, step: context.alignment)].compactMap(\.self))
    }
}
