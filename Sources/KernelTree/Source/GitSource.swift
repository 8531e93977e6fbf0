// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage

/// A revision of a repository, unpacked from a copy of ours.
struct GitSource {
    let repository: String
    let revision: String
    let shelf: SourceShelf

    private var mirror: FilePath {
        shelf.root.appending("git-" + Fingerprint(of: [repository]).description)
    }

    /// Fetches the revision, unless the copy has it already as a whole commit.
    func tree() async throws -> SourceTree {
        let commit = try await self.commit()
        let tree = self.tree(of: commit)
        try await shelf.keep(tree.folder) { place in
            shelf.announce("unpacking \(commit.prefix(12)) of \(repository)")
            let archive = FilePath(place.string + ".tar")
            defer { try? FileManager.default.removeItem(atPath: archive.string) }
            try await git([
                "archive", "--format=tar", "--prefix=linux/", "-o", archive.string, commit,
            ])
            try await shelf.unpack(archive, into: place)
        }
        return tree
    }

    /// The tree of a whole commit that was unpacked before; a branch may have moved meanwhile.
    func known() async -> SourceTree? {
        guard isCommit else { return nil }
        let tree = self.tree(of: revision)
        return FileManager.default.fileExists(atPath: tree.folder.string) ? tree : nil
    }

    private var isCommit: Bool {
        revision.utf8.count == 40 && revision.allSatisfy(\.isHexDigit)
    }

    private func tree(of commit: String) -> SourceTree {
        SourceTree(
            identity: "git \(commit)", folder: shelf.root.appending("commit-\(commit)"),
            isOurs: true, line: "git \(repository)")
    }

    private func commit() async throws -> String {
        try Cabinet.makeFolder(mirror)
        try await git(["init", "--quiet", "--bare", mirror.string])
        if isCommit, let known = try? await git(["rev-parse", "--verify", "\(revision)^{commit}"]) {
            return known.firstWord
        }
        shelf.announce("fetching \(revision) of \(repository)")
        do {
            try await git(["fetch", "--quiet", "--depth=1", "--no-tags", repository, revision])
            return try await git(["rev-parse", "--verify", "FETCH_HEAD^{commit}"]).firstWord
        } catch let failure as ToolFailure {
            throw RecipeTrouble.noRevision(
                kernel: shelf.kernel, repository: repository, revision: revision,
                words: failure.lastErrorLines.joined(separator: " / "))
        }
    }

    @discardableResult
    private func git(_ words: [String]) async throws -> ToolOutput {
        try await shelf.tool("git", ["--git-dir=\(mirror)"] + words)
    }
}

extension ToolOutput {
    fileprivate var firstWord: String { String(text.prefix { !$0.isWhitespace }) }
}
