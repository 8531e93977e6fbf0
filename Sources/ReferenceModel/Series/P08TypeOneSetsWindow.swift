// SPDX-License-Identifier: GPL-3.0-or-later

import Vocabulary

extension SeriesPoint {
    /// Patch 8: how giving a new domain its window ends when VFIO attaches the first group to it.
    ///
    /// Only where the bus translates MSIs, once for each domain, and before maps are replayed into
    /// it (inferred: replay goes through the reserving calls of patch 9).
    func typeOneCookie(
        of type: DomainType, window: IOVARange?, aperture: IOVARange, geometry: MSIGeometry,
        granule: Granule, options: MixedOptions
    ) -> Result<MixedCookie?, CookieRefusal> {
        guard has(.typeOneSetsWindow), isCapable(.translateMSI) else { return .success(nil) }
        return MixedCookie.make(
            for: type, window: window ?? aperture, aperture: aperture, geometry: geometry,
            granule: granule, options: options
        ).map(Optional.some)
    }
}
