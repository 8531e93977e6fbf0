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

extension KernelRecipe {
    /// Whether Debian may have a newer one tomorrow.
    var isPublished: Bool {
        if case .debian = self { return true }
        return false
    }

    /// The name under which the cache remembers what it stands for.
    var recordName: String {
        switch self {
        case .debian(let series, let flavour):
            "debian-\(series)\(flavour.isEmpty ? "" : "-\(flavour)")"
        case .files(let image, _): image.lastComponent?.string ?? "files"
        }
    }
}
