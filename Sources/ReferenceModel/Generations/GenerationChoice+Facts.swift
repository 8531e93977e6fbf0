// SPDX-License-Identifier: GPL-3.0-or-later

extension GenerationChoice {
    /// Decides from a board's own facts which generation its kernel implements.
    ///
    /// Versions tell of mainline: a kernel that carries a series on top is told apart by its
    /// recipe.
    ///
    /// - Throws: `ModelError.unknownGeneration` for kernels from before the fixed window.
    package static func detect(on board: BoardFacts) throws(ModelError) -> Self {
        let kernel = board.kernel
        if let window = board.host.hardwareWindows.first {
            return Self(.hardwareWindow, because: "the hardware reserves \(window) for messages")
        }
        if board.host.interface == .hostDriver { return ofHostDrivers(on: board) }
        if board.host.interface == .iommufd { return try ofIOMMUFD(on: kernel) }
        return try ofType1(on: kernel)
    }

    /// Decides by the version what a kernel does for VFIO type1 on an ARM SMMU.
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

    /// Decides by the version what a kernel does for iommufd.
    ///
    /// - Throws: `ModelError.unknownGeneration` for kernels that have none.
    package static func ofIOMMUFD(on kernel: KernelVersion) throws(ModelError) -> Self {
        if kernel >= KernelVersion(major: 6, minor: 15) {
            return Self(
                .iommufdTable, because: "kernel \(kernel) is 6.15 or later, asked by iommufd")
        }
        if kernel >= KernelVersion(major: 6, minor: 2) {
            return Self(
                .iommufd, because: "kernel \(kernel) is one of 6.2 to 6.14, asked by iommufd")
        }
        throw .unknownGeneration(kernel)
    }

    private static func ofHostDrivers(on board: BoardFacts) -> Self {
        board.host.defaultDomain == .identity
            ? Self(.identity, because: "default domains are identity domains")
            : Self(.dmaDomain, because: "default domains translate")
    }
}
