// SPDX-License-Identifier: GPL-3.0-or-later

import Crypto
import Foundation
package import SystemPackage

/// Which files a tree has, and of which size and time each is: enough to see that one has changed.
package struct TreeListing: Sendable, Hashable {
    /// What tells two states of a file apart.
    package struct Mark: Sendable, Hashable {
        package let size: Int64
        /// When it was last written: seconds and nanoseconds.
        package let seconds: Int64
        package let nanoseconds: Int64
        /// Where a symbolic link leads.
        package let link: String?
    }

    /// By the path below the tree's folder.
    package let files: [String: Mark]

    package init(files: [String: Mark]) { self.files = files }

    /// Lists a folder that may have been built in: what make has made is left out.
    ///
    /// - Throws: `BuildFailure.noAccess` when it cannot be read.
    package init(of folder: FilePath) throws(BuildFailure) {
        guard let walk = FileManager.default.enumerator(atPath: folder.string) else {
            throw .noAccess(path: folder.string, reason: "it cannot be read")
        }
        var files: [String: Mark] = [:]
        while let path = walk.nextObject() as? String {
            if Self.isMadeFolder(path) {
                walk.skipDescendants()
            } else if !Self.isMade(path), let mark = Mark(of: folder.pushing(FilePath(path))) {
                files[path] = mark
            }
        }
        self.files = files
    }

    /// A hash of everything in it.
    package var identity: String {
        Fingerprint.digits(SHA256.hash(data: text).prefix(16))
    }

    private static let madeFolders: Set<String> = [
        ".git", "include/config", "include/generated", "arch/arm64/include/generated",
        "arch/x86/include/generated",
    ]

    private static func isMadeFolder(_ path: String) -> Bool { madeFolders.contains(path) }

    private static let madeEndings = [
        ".o", ".a", ".ko", ".cmd", ".mod", ".mod.c", ".order", ".symvers", ".d",
    ]

    private static let madeFiles: Set<String> = [
        ".config", ".config.old", ".version", "vmlinux", "System.map", "modules.builtin",
        "modules.builtin.modinfo", "arch/arm64/boot/Image",
    ]

    private static func isMade(_ path: String) -> Bool {
        madeFiles.contains(path) || madeEndings.contains(where: path.hasSuffix)
    }
}

extension TreeListing.Mark {
    /// Looks at a file or link; nothing for folders and what is no file.
    init?(of path: FilePath) {
        var status = stat()
        guard lstat(path.string, &status) == 0 else { return nil }
        let kind = status.st_mode & S_IFMT
        guard kind == S_IFREG || kind == S_IFLNK else { return nil }
        let link =
            kind == S_IFLNK
            ? try? FileManager.default.destinationOfSymbolicLink(atPath: path.string) : nil
        self.init(
            size: kind == S_IFLNK ? 0 : Int64(status.st_size),
            seconds: kind == S_IFLNK ? 0 : Int64(status.st_mtim.tv_sec),
            nanoseconds: kind == S_IFLNK ? 0 : Int64(status.st_mtim.tv_nsec), link: link)
    }
}
