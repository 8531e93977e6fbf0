// SPDX-License-Identifier: GPL-3.0-or-later

package import SystemPackage

/// A kernel that was compiled here, in the cache.
package struct BuiltKernel: Sendable, Hashable {
    package let folder: FilePath
    package let record: Record

    /// What is written down beside the files: all that the kernel was made from.
    package struct Record: Sendable, Hashable, Codable {
        /// Of all inputs.
        package let fingerprint: Fingerprint
        /// The package with its hash, the commit, or the hash of the folder's listing.
        package let source: String
        package let compiler: String
        /// The patches in their order, by the names that the series has for them.
        package let patches: [String]
        package let image: KernelImage
        /// Whether some of it are modules.
        package let hasModules: Bool
        /// The machine that compiled it, where it was not this one.
        package let host: String?
    }

    package var image: FilePath { folder.appending("Image") }
    package var configuration: FilePath { folder.appending("config") }
    package var log: FilePath { folder.appending("build.log") }
    /// Its `lib/modules/RELEASE`; nothing when all is built in.
    package var modules: FilePath? {
        record.hasModules
            ? folder.appending("lib").appending("modules").appending(record.image.release) : nil
    }
}
