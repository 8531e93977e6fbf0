// SPDX-License-Identifier: GPL-3.0-or-later

extension SeriesPoint {
    /// Patch 10: whether the SMMU drivers claim `IOMMU_CAP_INTR_REMAP`.
    ///
    /// They did, whatever controller a board has. From then on every attach is refused with
    /// `-EPERM` and a warning until unsafe interrupts are allowed, with an ITS too.
    var claimsInterruptRemapping: Bool { !has(.noInterruptRemapping) }
}
