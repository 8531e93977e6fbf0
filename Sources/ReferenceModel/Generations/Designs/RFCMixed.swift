// SPDX-License-Identifier: GPL-3.0-or-later

extension KernelDesign {
    /// RFC, September 2016: the allocator finds room between the user's maps.
    ///
    /// What the folder Series says of each patch decides; the base is Robin Murphy's v7 on 4.8,
    /// where the SMMU drivers claim interrupt remapping and VFIO's domains have no cookie. A port
    /// to a later kernel maps doorbells when that kernel does.
    static func mixed(at point: SeriesPoint, on kernel: KernelVersion) -> KernelDesign {
        KernelDesign(
            interface: .typeOne, doorbells: .mixed, listsRegions: false,
            safety: .busCapability(point.isCapable(.interruptRemapping)),
            unplaceable: .on(kernel), probe: .atZero, series: point)
    }
}
