// SPDX-License-Identifier: GPL-3.0-or-later

extension GenerationChoice {
    /// Decides by the version what a kernel does for VFIO type1 on an ARM SMMU.
    ///
    /// Versions tell of mainline: a kernel that carries a series on top is told apart by its
    /// recipe.
    ///
    /// - Throws: `ModelError.unknownGeneration` for kernels from before the fixed window.
    package static func ofType1(on kernel: KernelVersion) throws(ModelError) -> Self {
        if kernel >= KernelVersion(major: 5, minor: 4) {
            return Self(
                .fixedWindowWithRanges, because: "kernel \(kernel) is 5.4 or later, asked by type1")
        }
        if kernel >= KernelVersion(major: 4, minor: 11) {
            return Self(.fixedWindow, because: "kernel \(kernel) is one of 4.11 to 5.3")
        }
        throw .unknownGeneration(kernel)
    }
}
