// SPDX-License-Identifier: GPL-3.0-or-later

package import SystemPackage

/// A kernel's source that lies on this machine, untouched.
package struct SourceTree: Sendable, Hashable {
    /// Another one for another content: a package's file and hash, a commit, a hash of a listing.
    package let identity: String
    /// The name that versions of the same source share, whose built trees can be used again.
    package let line: String
    let content: Content

    enum Content: Sendable, Hashable {
        /// A folder of our cache, where nobody edits it: its files may be shared by links.
        case shelved(FilePath)
        /// A folder that people edit, and what it looked like when it got its identity.
        case edited(FilePath, TreeListing)
        /// A commit of a repository on this machine, which is read without being checked out.
        case committed(String, of: FilePath)
    }

    init(identity: String, line: String, _ content: Content) {
        self.identity = identity
        self.line = line
        self.content = content
    }

    /// Where its files lie side by side; nothing for a commit.
    package var folder: FilePath? {
        switch content {
        case .shelved(let folder), .edited(let folder, _): folder
        case .committed: nil
        }
    }

    /// Whether a tree that was built from it can only ever hold it: what is shelved is linked to.
    var isShelved: Bool {
        if case .shelved = content { true } else { false }
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
