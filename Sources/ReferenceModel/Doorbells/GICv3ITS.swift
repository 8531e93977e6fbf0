// SPDX-License-Identifier: GPL-3.0-or-later

/// The interrupt translation service of a GICv3.
enum GICv3ITS {
    /// `GITS_TRANSLATER`, in its own 64 KiB page (`include/linux/irqchip/arm-gic-v3.h`, 6.12).
    static let translaterRegister: UInt64 = 0x10040
}
