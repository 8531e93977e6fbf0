// SPDX-License-Identifier: GPL-3.0-or-later

package import KernelTree
import Scheduling
package import SystemPackage
import VirtualBoards
package import Vocabulary

/// Makes the kernels of recipes ready to be booted.
package struct KernelForge: Sendable {
    private let cache: BoardCache
    private let host: (any CompilerHost)?
    private let isGentle: Bool
    private let announce: @Sendable (String) -> Void
    private let progress: @Sendable (KernelName, BuildProgress) -> Void

    /// A first build fetches a source and compiles thousands of files on a slow machine.
    package static let patience = Duration.seconds(4 * 3600)

    /// What takes long is announced, and each object that the compiler begins is told.
    ///
    /// Another machine compiles where one is given; a gentle forge leaves the processors of this one to
    /// whoever else wants them.
    package init(
        on host: (any CompilerHost)? = nil, isGentle: Bool = false,
        announce: @escaping @Sendable (String) -> Void,
        progress: @escaping @Sendable (KernelName, BuildProgress) -> Void
    ) {
        cache = BoardCache()
        self.host = host
        self.isGentle = isGentle
        self.announce = announce
        self.progress = progress
    }

    /// Gives the kernel of an order, after compiling it where that was not done before.
    /// - Throws: `RecipeTrouble`, `BuildFailure`, `PackageError`, `CancellationError`.
    package func build(_ order: KernelOrder) async throws -> BuiltKernel {
        let deadline = deadline(for: order.name)
        return try await workshop(deadline).build(order, deadline: deadline)
    }

    /// Gives the kernel of an order where it was compiled before; asks nobody.
    /// - Throws: `RecipeTrouble`, `BuildFailure`.
    package func known(_ order: KernelOrder) async throws -> BuiltKernel? {
        let deadline = deadline(for: order.name)
        return try await workshop(deadline).known(order, deadline: deadline)
    }

    /// Where the source of an order lies, unless it is a commit, and the tree in which it is built.
    /// - Throws: what `build` throws.
    package func places(
        of order: KernelOrder
    ) async throws -> (source: FilePath?, tree: FilePath) {
        let deadline = deadline(for: order.name)
        return try await workshop(deadline).places(of: order, deadline: deadline)
    }

    /// Measures make alone for one changed file, in the tree in which the kernel is built.
    /// - Throws: what `build` throws.
    package func remake(_ order: KernelOrder, changing file: String) async throws -> Duration {
        let deadline = deadline(for: order.name)
        return try await workshop(deadline).remake(order, changing: file, deadline: deadline)
    }

    /// The image of a kernel that comes ready; nothing where it is not on this machine.
    package func readyImage(of recipe: NamedRecipe) -> FilePath? {
        switch recipe.recipe.source {
        case .debian(let package):
            ImageMaker(cache: cache).fetchedKernel(.debian(package))?.image
        case .image(let ready): recipe.path(ready.image)
        case .built: nil
        }
    }

    /// What a virtual board is to boot.
    /// - Throws: what `build` throws; `BuildFailure.notAnImage` for a file that is no kernel.
    func kernel(for recipe: NamedRecipe) async throws -> BoardKernel {
        switch recipe.recipe.source {
        case .debian(let package): return .debian(package)
        case .image(let ready):
            let image = recipe.path(ready.image)
            _ = try KernelImage(of: image)
            return .files(image: image, modules: ready.modules.map(recipe.path))
        case .built(let build):
            let kernel = try await self.build(recipe.order(of: build))
            return .files(image: kernel.image, modules: kernel.modules)
        }
    }

    private func deadline(for kernel: KernelName) -> Deadline {
        .after(Self.patience, for: "kernel \(kernel) to be compiled")
    }

    private func workshop(_ deadline: Deadline) -> KernelWorkshop {
        KernelWorkshop(
            root: cache.kernels,
            packages: PackageCupboard(cache: cache, announce: announce, deadline: deadline),
            host: host, isGentle: isGentle, announce: announce, progress: progress)
    }
}

// A door knows no other door: here the one that fetches packages meets the one that compiles.
extension PackageCupboard: PackageShelf {}
