// SPDX-License-Identifier: GPL-3.0-or-later

extension Generation {
    /// Decides by the version what a kernel does for VFIO type1 on an ARM SMMU.
    ///
    /// Versions tell of mainline: a kernel that carries a series on top is told apart by its
    /// recipe.
    ///
    /// - Throws: `ModelError.unknownGeneration` for kernels from before the fixed window.
    package static func ofType1(
        on kernel: KernelVersion
    ) throws(ModelError) -> Generation {
        if kernel >= KernelVersion(major: 5, minor: 4) { return .fixedWindowWithRanges }
        if kernel >= KernelVersion(major: 4, minor: 11) { return .fixedWindow }
        throw .unknownGeneration(kernel)
    }
}
