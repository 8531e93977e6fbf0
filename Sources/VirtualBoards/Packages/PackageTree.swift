// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage

/// Unpacked packages in the cache: which files they came in, and where they lie.
struct PackageTree: Codable, Hashable {
    /// The tree's folder name in the cache.
    let name: String
    let files: [PackageFile]

    /// The kernel in the tree; nothing when its files are gone.
    func kernel(in cache: BoardCache) -> KernelFiles? {
        let tree = cache.tree(name)
        let folder = tree.appending("boot")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.string)) ?? []
        guard let image = names.first(where: { $0.hasPrefix("vmlinuz-") }), let file = files.first
        else { return nil }
        let release = String(image.dropFirst("vmlinuz-".count))
        return KernelFiles(
            origin: "\(file.name) \(file.hash)", image: folder.appending(image),
            modules: tree.appending("lib/modules").appending(release))
    }
}
