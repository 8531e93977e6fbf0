// SPDX-License-Identifier: GPL-3.0-or-later

extension SeriesPoint {
    /// Patch 9: whether VFIO maps, unmaps and replays through the calls that reserve IOVAs.
    ///
    /// In domains of the mixed type only, so that the allocator keeps out of the user's maps.
    package func reservesUserMaps(in type: DomainType) -> Bool {
        has(.typeOneReserves) && type == .mixed
    }
}
