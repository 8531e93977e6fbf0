// SPDX-License-Identifier: GPL-3.0-or-later

package import SystemPackage

/// A kernel's source that lies on this machine, untouched.
package struct SourceTree: Sendable, Hashable {
    /// Another one for another content: a package's file and hash, a commit, a hash of a listing.
    package let identity: String
    package let folder: FilePath
    /// Whether it lies in our cache, where nobody edits it: its files may be shared by links.
    package let isOurs: Bool
    /// The name that versions of the same source share, whose built trees can be used again.
    package let line: String
    /// What a folder that people edit looked like when it got its identity.
    let listing: TreeListing?

    init(
        identity: String, folder: FilePath, isOurs: Bool, line: String, listing: TreeListing? = nil
    ) {
        self.identity = identity
        self.folder = folder
        self.isOurs = isOurs
        self.line = line
        self.listing = listing
    }
}

/// Where unpacked packages of Debian come from.
package protocol PackageShelf: Sendable {
    /// Gives the folder of a package's files, and its name, version and hash.
    ///
    /// - Throws: a `Blame` where Debian has no such package or cannot be reached.
    func unpacked(
        _ package: String
    ) async throws -> (folder: FilePath, identity: String)

    /// What would be given without asking anybody; nothing where it was never fetched.
    func known(_ package: String) -> (folder: FilePath, identity: String)?
}
