// SPDX-License-Identifier: GPL-3.0-or-later

package import Scheduling
package import SystemPackage
package import Vocabulary

/// Debian packages that are fetched once, unpacked, and kept in the cache.
package struct PackageCupboard: Sendable {
    private let cache: BoardCache
    /// Tells a person why nothing seems to happen for a while.
    private let announce: @Sendable (String) -> Void
    private let deadline: Deadline

    package init(
        cache: BoardCache = BoardCache(), announce: @escaping @Sendable (String) -> Void,
        deadline: Deadline
    ) {
        self.cache = cache
        self.announce = announce
        self.deadline = deadline
    }

    /// A package that was fetched before: its files, and its name, version and hash.
    package func known(_ package: String) -> (folder: FilePath, identity: String)? {
        guard let tree = cache.read(PackageTree.self, from: cache.record(record(package))),
            let file = tree.files.first
        else { return nil }
        return (cache.tree(tree.name), "\(file.name) \(file.hash)")
    }

    /// The names of all packages that are meant, by the numbers in them.
    ///
    /// - Throws: `PackageError` where there is none, or Debian cannot be asked; `CancellationError`.
    package func published(_ wanted: DebianPackage) async throws -> [String] {
        try cache.makeFolder()
        return try await withLock(on: cache.lock, deadline: deadline) {
            let apt = PrivateApt(folder: cache.apt, deadline: deadline)
            announce("asking Debian for \(wanted)")
            try await apt.update()
            let names = wanted.ordered(try await apt.names(beginningWith: wanted.prefix))
            guard !names.isEmpty else { throw PackageError.noPackage(wanted.pattern) }
            return names
        }
    }

    /// Gives a package's files, after fetching it where that was not done before.
    /// - Throws: `PackageError`, `CancellationError`.
    package func unpacked(
        _ package: String
    ) async throws -> (folder: FilePath, identity: String) {
        if let known = known(package) { return known }
        try cache.makeFolder()
        return try await withLock(on: cache.lock, deadline: deadline) {
            if let known = known(package) { return known }
            let fetch = PackageFetch(cache: cache, announce: announce, deadline: deadline)
            guard let wanted = DebianPackage(pattern: package) else {
                throw PackageError.noPackage(package)
            }
            try await fetch.fetchWholeSource(wanted, as: record(package))
            guard let known = known(package) else {
                throw PackageError.notDelivered(file: package)
            }
            return known
        }
    }

    /// Gives the folder of several packages and of all that they need, after fetching them where
    /// that was not done before under this name.
    /// - Throws: `PackageError`, `CancellationError`.
    package func together(_ packages: [String], as name: String) async throws -> FilePath {
        func known() -> FilePath? {
            let tree = cache.read(PackageTree.self, from: cache.record(name))
            return tree.map { cache.tree($0.name) }
        }
        if let folder = known() { return folder }
        try cache.makeFolder()
        return try await withLock(on: cache.lock, deadline: deadline) {
            if let folder = known() { return folder }
            try await PackageFetch(cache: cache, announce: announce, deadline: deadline)
                .fetch(together: packages, as: name)
            guard let folder = known() else { throw PackageError.notDelivered(file: name) }
            return folder
        }
    }

    private func record(_ package: String) -> String {
        "whole-" + package.replacing("*", with: "x")
    }
}
