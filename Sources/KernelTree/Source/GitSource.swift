// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Scheduling
import SystemPackage
import Vocabulary

/// A revision of a repository: one on this machine, or a copy that we keep of another one.
struct GitSource {
    let repository: String
    let revision: String
    let shelf: SourceShelf

    /// Finds the commit, after fetching it where it is neither here nor in our copy.
    /// - Throws: `RecipeTrouble.noRevision`, `.noKernelSource`; `BuildFailure`.
    func tree() async throws -> SourceTree {
        let commit = try await isHere ? commitHere() : commitThere()
        let found = try await GitRepository(place, deadline: shelf.deadline)
            .names(["Kconfig", "Makefile"], in: commit)
        guard found.count == 2 else {
            throw RecipeTrouble.noKernelSource(
                kernel: shelf.kernel, place: "\(revision) of \(repository)")
        }
        return tree(of: commit)
    }

    /// The tree of a whole commit, whether it is here or not; a branch may have moved meanwhile.
    func known() -> SourceTree? { isCommit ? tree(of: revision) : nil }

    /// The commit that such a tree's identity names.
    static func commit(in identity: String) -> String? {
        identity.hasPrefix(mark) ? String(identity.dropFirst(mark.count)) : nil
    }

    private static let mark = "git "

    private var isHere: Bool { FileManager.default.fileExists(atPath: repository) }

    private var place: FilePath {
        isHere
            ? FilePath(repository)
            : shelf.root.appending("git-" + Fingerprint(of: [repository]).description)
    }

    private var isCommit: Bool {
        revision.utf8.count == 40 && revision.allSatisfy(\.isHexDigit)
    }

    private func tree(of commit: String) -> SourceTree {
        SourceTree(
            identity: Self.mark + commit, line: "git \(repository)",
            .committed(commit, of: place))
    }

    private func commitHere() async throws -> String {
        do {
            return try await GitRepository(place, deadline: shelf.deadline).commit(revision)
        } catch let trouble as GitTrouble { throw noRevision(trouble.account.cause) }
    }

    private func commitThere() async throws -> String {
        try Cabinet.makeFolder(place)
        try await git(["init", "--quiet", "--bare", place.string])
        if isCommit, let known = try? await git(["rev-parse", "--verify", "\(revision)^{commit}"]) {
            return known.firstWord
        }
        shelf.announce("fetching \(revision) of \(repository)")
        do {
            try await git(["fetch", "--quiet", "--depth=1", "--no-tags", repository, revision])
            return try await git(["rev-parse", "--verify", "FETCH_HEAD^{commit}"]).firstWord
        } catch let failure as ToolFailure {
            throw noRevision(failure.lastErrorLines.joined(separator: " / "))
        }
    }

    private func noRevision(_ words: String) -> RecipeTrouble {
        .noRevision(
            kernel: shelf.kernel, repository: repository, revision: revision, words: words)
    }

    @discardableResult
    private func git(_ words: [String]) async throws -> ToolOutput {
        try await shelf.tool("git", ["--git-dir=\(place)"] + words)
    }
}

extension ToolOutput {
    fileprivate var firstWord: String { String(text.prefix { !$0.isWhitespace }) }
}
