// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
package import Scheduling
import SystemPackage

/// Makes what a virtual board boots from, out of Debian packages, without root; or finds it made.
package struct ImageMaker: Sendable {
    private let cache: BoardCache
    /// Tells a person why nothing seems to happen for a while.
    private let announce: @Sendable (String) -> Void

    package init(
        cache: BoardCache = BoardCache(), announce: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.cache = cache
        self.announce = announce
    }

    /// Gives the image for a kernel; when all is there, it uses no tool and no network.
    /// - Parameters:
    ///   - recipe: the kernel.
    ///   - isFresh: whether to ask Debian again which packages are the newest.
    ///   - deadline: until when it must be made.
    /// - Returns: the image, in the cache.
    /// - Throws: `PackageError`, `ImageError`, `ToolFailure`, `CancellationError`.
    package func image(
        for recipe: BoardKernel, isFresh: Bool = false, deadline: Deadline
    ) async throws -> BoardImage {
        if !isFresh, let image = ready(for: recipe) { return image }
        try cache.makeFolder()
        return try await withLock(on: cache.lock, deadline: deadline) {
            // Somebody else may have made it while we awaited the lock.
            if !isFresh, let image = ready(for: recipe) { return image }
            return try await make(recipe, isFresh: isFresh, deadline)
        }
    }

    /// The files of a kernel that needs no fetching any more; nothing where it does.
    package func fetchedKernel(_ recipe: BoardKernel) -> KernelFiles? {
        knownKernel(recipe).flatMap {
            FileManager.default.fileExists(atPath: $0.image.string) ? $0 : nil
        }
    }

    private func ready(for recipe: BoardKernel) -> BoardImage? {
        guard let parts = parts(for: recipe),
            FileManager.default.fileExists(atPath: parts.path.string)
        else { return nil }
        return parts.image
    }

    private func parts(for recipe: BoardKernel) -> ImageParts? {
        guard let kernel = knownKernel(recipe), let keys = BoardKeys(in: cache),
            let userland = cache.read(PackageTree.self, from: cache.record("userland"))
        else { return nil }
        return ImageParts(cache: cache, kernel: kernel, userland: userland, keys: keys)
    }

    private func make(
        _ recipe: BoardKernel, isFresh: Bool, _ deadline: Deadline
    ) async throws -> BoardImage {
        let packages = PackageFetch(cache: cache, announce: announce, deadline: deadline)
        let knowsUserland = cache.read(PackageTree.self, from: cache.record("userland")) != nil
        let needsKernel = knownKernel(recipe) == nil || isFresh && recipe.isPublished
        try await packages.fetch(
            kernel: needsKernel ? recipe : nil, userland: isFresh || !knowsUserland)
        if BoardKeys(in: cache) == nil { _ = try BoardKeys(madeIn: cache) }
        guard let parts = parts(for: recipe) else {
            throw ImageError.badFile(
                path: cache.root.string, reason: "what was just written there is gone")
        }
        announce("assembling the board image for \(parts.image.kernel.origin)")
        try cache.write(try await parts.archive(deadline: deadline), to: parts.path)
        return parts.image
    }

    private func knownKernel(_ recipe: BoardKernel) -> KernelFiles? {
        switch recipe {
        case .files(let image, let modules):
            return KernelFiles(built: image, modules: modules)
        case .debian:
            return cache.read(PackageTree.self, from: cache.record(recipe.recordName))?
                .kernel(in: cache)
        }
    }
}

/// The parts of one image, all there.
private struct ImageParts {
    let cache: BoardCache
    let kernel: KernelFiles
    let userland: PackageTree
    let keys: BoardKeys

    var path: FilePath {
        cache.image(
            ImageIdentity(
                kernel: kernel, userland: userland.files, hostKey: keys.host.publicKey,
                clientKey: keys.client.publicKey))
    }

    var image: BoardImage {
        BoardImage(
            kernel: kernel, initrd: path, hostKey: keys.host.publicKey, clientKey: cache.clientKey)
    }

    func archive(deadline: Deadline) async throws -> [UInt8] {
        let modules = try await KernelModules(of: kernel, deadline: deadline)
        let userland = try Userland(in: cache.tree(userland.name))
        return InitialFileSystem(
            userland: userland, modules: modules, hostKey: keys.host,
            authorizedKey: keys.client.publicKey
        ).archive
    }
}
