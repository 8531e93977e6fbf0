// SPDX-License-Identifier: GPL-3.0-or-later

/// Arm's MSI frame for a GICv2.
enum GICv2m {
    /// `V2M_MSI_SETSPI_NS` (`drivers/irqchip/irq-gic-v2m.c`, 6.12).
    static let setSPIRegister: UInt64 = 0x040
}
