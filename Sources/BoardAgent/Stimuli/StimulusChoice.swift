// SPDX-License-Identifier: GPL-3.0-or-later

/// Which stimulus fits a device, by its PCI id or class.
package enum StimulusChoice: Sendable {
    case edu, e1000e, igb, ivshmem, nvme

    /// Chooses by vendor, device and the three bytes of class; nothing for a device that nobody
    /// knows how to ring.
    package init?(vendor: UInt16, device: UInt16, classCode: UInt32) {
        switch (vendor, device) {
        case (0x1234, 0x11E8): self = .edu
        case (0x8086, 0x10D3): self = .e1000e
        case (0x8086, 0x10C9): self = .igb
        case (0x1AF4, 0x1110): self = .ivshmem
        default:
            // Mass storage, non-volatile memory, NVMe (PCI Code and ID Assignment, 1.9).
            guard classCode == 0x01_08_02 else { return nil }
            self = .nvme
        }
    }
}
