// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
package import Scheduling
package import SystemPackage
package import Vocabulary

/// The tests that come with a kernel's source, taken from a Debian package of it.
package struct KernelTests: Sendable {
    private let cache: BoardCache
    private let announce: @Sendable (String) -> Void

    package init(
        cache: BoardCache = BoardCache(), announce: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.cache = cache
        self.announce = announce
    }

    /// Gives the folder that holds `tools/testing/selftests`; once fetched, it is kept.
    ///
    /// - Throws: `PackageError`, `ImageError`, `CancellationError`.
    package func folder(
        of package: DebianPackage, deadline: Deadline
    ) async throws -> FilePath {
        if let folder = known(package) { return folder }
        try? FileManager.default.createDirectory(
            atPath: cache.root.string, withIntermediateDirectories: true)
        return try await withLock(on: cache.lock, deadline: deadline) {
            if let folder = known(package) { return folder }
            let fetch = PackageFetch(cache: cache, announce: announce, deadline: deadline)
            try await fetch.fetchSource(package, as: record(of: package))
            guard let folder = known(package) else {
                throw PackageError.notDelivered(file: "the tests in \(package)")
            }
            return folder
        }
    }

    private func record(of package: DebianPackage) -> String {
        "source-" + package.pattern.replacing("*", with: "x")
    }

    private func known(_ package: DebianPackage) -> FilePath? {
        guard let tree = cache.read(PackageTree.self, from: cache.record(record(of: package)))
        else { return nil }
        let root = cache.tree(tree.name)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.string)) ?? []
        return names.sorted().map { root.appending($0) }.first {
            FileManager.default.fileExists(atPath: $0.appending(PackageFetch.tests).string)
        }
    }
}
