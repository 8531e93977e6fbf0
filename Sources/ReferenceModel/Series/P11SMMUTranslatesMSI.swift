// SPDX-License-Identifier: GPL-3.0-or-later

extension SeriesPoint {
    /// Patch 11: whether the SMMU drivers advertise that they translate MSIs.
    ///
    /// It switches the whole series on; applied before the others it gives VFIO mixed domains that
    /// nobody gave a window.
    var translatesMSI: Bool { has(.smmuTranslatesMSI) }
}
