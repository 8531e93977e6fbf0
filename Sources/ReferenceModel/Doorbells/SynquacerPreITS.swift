// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

/// Socionext Synquacer's window before its ITS, which makes the DevID of the address
/// (`its_irq_get_msi_base_pre_its`, `irq-gic-v3-its.c`, 6.12).
enum SynquacerPreITS {
    /// Four bytes for each DevID; nothing when that lies beyond the window.
    static func register(_ device: DeviceID, _ window: PhysicalRange) -> PhysicalAddress? {
        window.first.advanced(by: .bytes(UInt64(device.rawValue) << 2)).flatMap {
            window.contains($0) ? $0 : nil
        }
    }
}
